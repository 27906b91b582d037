/* SPDX-License-Identifier: Apache-2.0
 *
 * The application's only floating-point code.
 */
#ifndef FLOAT_H
#define FLOAT_H

#include <stdint.h>

/** All that a user of floating point has: 32 registers, and the status register. */
struct floats {
    uint64_t d[32];
    uint32_t status;
};

void float_load(const struct floats *floats);
void float_store(struct floats *floats);

/** The sum of 1/k for k = 1 .. terms, in the registers that the compiler chooses. @return its bits */
uint64_t float_sum(uint32_t terms);

/** One instruction, where nobody should use it. */
void float_stray(void);

/** One that no CPU has. */
void float_unknown(void);

#endif
