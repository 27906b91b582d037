/* SPDX-License-Identifier: Apache-2.0
 *
 * How long something takes, measured inside the guest: from measure_begin() to measure_end(), wherever the program goes
 * in between. What the two themselves cost is subtracted: they are calls, so that this is the same everywhere.
 *
 * The unit is a cycle where Xen lets the domain count them (vpmu = 1 in its configuration), else a count of the timer.
 * In `make bench` such a count is one executed instruction.
 */
#ifndef BENCH_MEASURE_H
#define BENCH_MEASURE_H

#include <stdint.h>

#define MEASURE_ROUNDS 101u  /* of what is the same each time */
#define MEASURE_LIMIT  1000u /* what a row keeps: enough for one that is different each time */

/** A row of the table. */
struct measure {
    const char *name;
    uint32_t count; /* how many are taken; those behind MEASURE_LIMIT are not kept */
    uint32_t took[MEASURE_LIMIT];
};

/** Find out the unit, and what a measurement costs. Before all others; any context. */
void measure_init(void);

/** What is measured begins behind this call. Any context. */
void measure_begin(void);

/** What is measured ended in front of this call. measure_keep() must come before the next measure_end(). */
void measure_end(void);

/** Add what the last measure_end() found to a row. */
void measure_keep(struct measure *measure);

/** Print what the unit is, and the heading of rows. */
void measure_print_heading(void);

/** Print a row: minimum, median and maximum of what it has kept. Sorts it. */
void measure_print(struct measure *measure);

#endif
