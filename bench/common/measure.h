/* SPDX-License-Identifier: Apache-2.0
 *
 * How long something takes, measured inside the guest: from measure_begin() to measure_end(), wherever the program goes
 * in between. What the two themselves cost is subtracted.
 *
 * The unit is a cycle where Xen lets the domain count them (vpmu = 1 in its configuration), else a count of the timer.
 * In `make bench` such a count is one executed instruction.
 */
#ifndef BENCH_MEASURE_H
#define BENCH_MEASURE_H

#include <stdbool.h>
#include <stdint.h>

#include "kernel/arch.h"

#define MEASURE_ROUNDS 101u

/** A row of the table. */
struct measure {
    const char *name;
    uint32_t count; /* how many are taken; those behind MEASURE_ROUNDS are not kept */
    uint32_t took[MEASURE_ROUNDS];
};

extern bool measure_in_cycles;
extern uint32_t measure_started;

/** Find out the unit, and what a measurement costs. Before all others; any context. */
void measure_init(void);

/** Keep what has passed from measure_begin() to `now`. */
void measure_note(struct measure *measure, uint32_t now);

/** Print what the unit is, and the heading of rows. */
void measure_print_heading(void);

/** Print a row: minimum, median and maximum of what it has seen. Sorts it. */
void measure_print(struct measure *measure);

/** The free-running count of the unit; it may wrap between two readings. */
static inline uint32_t measure_now(void)
{
    uint32_t cycles;

    if (!measure_in_cycles) {
        return (uint32_t)arch_timer_count();
    }
    __asm__ volatile("isb\n\tmrc p15, 0, %0, c9, c13, 0" : "=r"(cycles) : : "memory"); /* PMCCNTR */
    return cycles;
}

static inline void measure_begin(void)
{
    measure_started = measure_now();
    __asm__ volatile("" ::: "memory");
}

static inline void measure_end(struct measure *measure)
{
    measure_note(measure, measure_now());
}

#endif
