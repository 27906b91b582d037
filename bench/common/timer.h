/* SPDX-License-Identifier: Apache-2.0
 *
 * The timer's interrupt as the beginning of a measurement.
 */
#ifndef BENCH_TIMER_H
#define BENCH_TIMER_H

/** Wait until the timer's interrupt is pending in the virtual CPU interface. Interrupts masked, the timer armed. */
void timer_wait_until_due(void);

#endif
