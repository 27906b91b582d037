/* SPDX-License-Identifier: Apache-2.0
 *
 * The hypercall instruction (fact M1, xen/include/public/arch-arm.h): number in r12, arguments in r0-r4, result in
 * r0. Xen may overwrite all of these. Arguments are plain words: pointers are virtual addresses of Normal memory.
 */
#ifndef ARCH_HYPERCALL_H
#define ARCH_HYPERCALL_H

#include <stdint.h>

static inline int32_t hypercall(uint32_t number, uintptr_t arg0, uintptr_t arg1, uintptr_t arg2)
{
    register uintptr_t r0 __asm__("r0") = arg0;
    register uintptr_t r1 __asm__("r1") = arg1;
    register uintptr_t r2 __asm__("r2") = arg2;
    register uintptr_t r12 __asm__("r12") = number;

    __asm__ volatile(".arch_extension virt\n\thvc #0xea1"
                     : "+r"(r0), "+r"(r1), "+r"(r2), "+r"(r12)
                     :
                     : "r3", "r4", "memory");
    return (int32_t)r0;
}

#endif
