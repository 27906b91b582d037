/* SPDX-License-Identifier: Apache-2.0
 *
 * See float.h. Named in FPU_SRCS (app.mk), so the compiler may use floating point here.
 */
#include "float.h"

#include <string.h>

void float_load(const struct floats *floats)
{
    const uint64_t *d = floats->d;

    __asm__ volatile("vldmia %0!, {d0-d15}\n\tvldmia %0!, {d16-d31}\n\tvmsr fpscr, %1"
                     : "+r"(d)
                     : "r"(floats->status)
                     : "memory");
}

void float_store(struct floats *floats)
{
    uint64_t *d = floats->d;

    __asm__ volatile("vstmia %0!, {d0-d15}\n\tvstmia %0!, {d16-d31}\n\tvmrs %1, fpscr"
                     : "+r"(d), "=&r"(floats->status)
                     :
                     : "memory");
}

uint64_t float_sum(uint32_t terms)
{
    double sum = 0;
    uint64_t bits;

    __asm__ volatile("vmsr fpscr, %0" : : "r"(0)); /* the result depends on the rounding mode */
    for (uint32_t k = 1; k <= terms; k++) {
        sum += 1.0 / (double)k;
    }
    memcpy(&bits, &sum, sizeof(bits));
    return bits;
}

void float_stray(void)
{
    __asm__ volatile("vadd.f32 s0, s0, s0");
}

void float_unknown(void)
{
    __asm__ volatile(".inst.w 0xeeb90a40");
}
