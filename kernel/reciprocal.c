/* SPDX-License-Identifier: Apache-2.0
 *
 * See reciprocal.h. Why the quotient is at most one too small: with F = divisor << s the inverse is
 * less than 1 below 2^127 / F, a relative error below 2^-63, so for a quotient below 2^62 the
 * product is less than 1/2 too small before it is rounded down.
 */
#include "reciprocal.h"

uint64_t long_divide(uint64_t high, uint64_t low, uint64_t divisor)
{
    uint64_t rest = high;
    uint64_t quotient = 0;
    uint64_t carry;
    unsigned int i = 0;

    /* Leading zeroes make no quotient: what is late by little is divided soon. */
    if (high == 0 && low != 0) {
        i = (unsigned int)__builtin_clzll(low);
        low <<= i;
    }
    for (; i < 64; i++) {
        carry = rest >> 63;
        rest = rest << 1 | low >> 63;
        low <<= 1;
        quotient <<= 1;
        if (carry != 0 || rest >= divisor) {
            rest -= divisor;
            quotient |= 1;
        }
    }
    return quotient;
}

void reciprocal_init(struct reciprocal *r, uint64_t divisor, unsigned int scale)
{
    const uint64_t top = UINT64_C(1) << 63;
    unsigned int leading = 0;

    for (; (divisor & top) == 0; divisor <<= 1)
        leading++;
    /* of a power of two this is 2^64 - 1: the quotient itself would not fit */
    r->inverse = long_divide(top, 0, divisor);
    r->shift = 127u - leading - scale;
}

uint64_t reciprocal_quotient(uint64_t n, const struct reciprocal *r)
{
    const uint64_t n_low = (uint32_t)n;
    const uint64_t n_high = n >> 32;
    const uint64_t i_low = (uint32_t)r->inverse;
    const uint64_t i_high = r->inverse >> 32;
    uint64_t cross = n_high * i_low + (n_low * i_low >> 32);
    uint64_t high = n_high * i_high + (cross >> 32);
    uint64_t low;

    cross = (uint32_t)cross + n_low * i_high;
    high += cross >> 32;
    if (r->shift >= 64)
        return high >> (r->shift - 64);
    low = cross << 32 | (uint32_t)(n_low * i_low);
    return high << (64 - r->shift) | low >> r->shift;
}
