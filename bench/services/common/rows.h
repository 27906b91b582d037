/* SPDX-License-Identifier: Apache-2.0
 *
 * The groups of rows that the benchmark measures: each measures its rows, then prints them. Task level, nothing else
 * is ready.
 */
#ifndef BENCH_ROWS_H
#define BENCH_ROWS_H

/** Activating and ending tasks, resources, interrupt services. */
void rows_tasks(void);

/** From a pending interrupt on. */
void rows_interrupts(void);

/** Alarms: setting, cancelling, expiring. */
void rows_alarms(void);

/** Events; only in configurations with extended tasks. */
void rows_events(void);

#endif
