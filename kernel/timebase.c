/* SPDX-License-Identifier: Apache-2.0
 *
 * See timebase.h.
 */
#include "timebase.h"

#define NS_PER_S UINT32_C(1000000000)

void timebase_init(struct timebase *base, uint32_t hz, uint32_t tick_ns)
{
    /* counts per tick times 10^9; its upper half is below 10^9 because tick_ns is not above that */
    const uint64_t scaled = (uint64_t)hz * tick_ns;

    base->factor = long_divide(scaled >> 32, scaled << 32, NS_PER_S);
    reciprocal_init(&base->ticks_per_count, base->factor, 32);
}

uint64_t timebase_count(const struct timebase *base, uint64_t ticks)
{
    const uint64_t ticks_low = (uint32_t)ticks;
    const uint64_t ticks_high = ticks >> 32;
    const uint64_t fraction = (uint32_t)base->factor;
    const uint64_t whole = base->factor >> 32;
    const uint64_t parts = ticks_low * fraction;
    const uint64_t round_up = (uint32_t)parts != 0 ? 1 : 0;

    return (ticks_high * whole << 32) + ticks_high * fraction + ticks_low * whole + (parts >> 32) +
           round_up;
}

uint64_t timebase_ticks(const struct timebase *base, uint64_t count)
{
    const uint64_t ticks = reciprocal_quotient(count, &base->ticks_per_count);

    return timebase_count(base, ticks + 1) <= count ? ticks + 1 : ticks;
}
