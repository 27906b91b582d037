/* SPDX-License-Identifier: Apache-2.0
 *
 * Between ticks of a counter, whose length OIL fixes in nanoseconds, and counts of the machine's
 * timer, whose frequency is known at start-up only. Both start at 0 at StartOS() and have 64 bits.
 *
 * Tick n begins at count n * factor, rounded up, where factor is the counts per tick as a 32.32
 * fixed point number, rounded down: each tick's moment is computed from zero, so nothing adds up. A
 * factor that is no multiple of 2^-32 makes ticks short by less than 2^-32 counts each, that is one
 * count in 2^32 ticks.
 */
#ifndef KERNEL_TIMEBASE_H
#define KERNEL_TIMEBASE_H

#include "reciprocal.h"

struct timebase {
    uint64_t factor; /* counts per tick, 32.32 */
    struct reciprocal ticks_per_count;
};

/**
 * @param  hz       counts per second, not 0
 * @param  tick_ns  tick length, 1 .. 1,000,000,000 ns
 */
void timebase_init(struct timebase *base, uint32_t hz, uint32_t tick_ns);

/** The first count of tick `ticks`. No division. For results below 2^64. */
uint64_t timebase_count(const struct timebase *base, uint64_t ticks);

/** The tick that `count` belongs to, exactly: the largest one whose first count is not after it.
 *  For results below 2^62. */
uint64_t timebase_ticks(const struct timebase *base, uint64_t count);

/** The same, for less if it is `guess`. */
static inline uint64_t timebase_ticks_near(const struct timebase *base, uint64_t count,
                                           uint64_t guess)
{
    const uint64_t behind = count - timebase_count(base, guess); /* huge if it is in front */

    return behind < base->factor >> 32 ? guess : timebase_ticks(base, count);
}

#endif
