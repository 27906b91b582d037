/* SPDX-License-Identifier: Apache-2.0
 *
 * Division by a number that stays the same, as a multiplication: the reciprocal is made once, at
 * StartOS(). The machine has no 64-bit division, and reading a counter should not cost one.
 */
#ifndef KERNEL_RECIPROCAL_H
#define KERNEL_RECIPROCAL_H

#include <stdint.h>

struct reciprocal {
    uint64_t inverse; /* 2^127 / (divisor << its leading zeroes), rounded down: top bit set */
    uint32_t shift;   /* what n * inverse is shifted right by, 32 .. 127 */
};

/**
 * Prepare n * 2^scale / divisor.
 * @param  divisor  not 0
 * @param  scale    0 or 32
 */
void reciprocal_init(struct reciprocal *r, uint64_t divisor, unsigned int scale);

/** For quotients below 2^62.
 *  @return the quotient, rounded down, or one less: the caller can tell */
uint64_t reciprocal_quotient(uint64_t n, const struct reciprocal *r);

/**
 * high:low / divisor, rounded down. Slow: 64 steps, or as many as low has bits if high is 0.
 * @param  high  below divisor, so that the quotient fits; if it is divisor and low is 0, the result
 *               is 2^64 - 1
 */
uint64_t long_divide(uint64_t high, uint64_t low, uint64_t divisor);

#endif
