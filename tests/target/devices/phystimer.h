/* SPDX-License-Identifier: Apache-2.0
 *
 * The physical timer as an interrupt that a test can make at will. Nothing else here uses it; Xen emulates it.
 */
#ifndef PHYSTIMER_H
#define PHYSTIMER_H

#include <stdint.h>

#define PHYSTIMER_LINE                                                                             \
    30u /* PPI 14, the non-secure physical timer: every Xen guest and QEMU's virt have it there */

/* Interrupt after as many of the timer's counts; 0: now. */
static inline void phystimer_fire_in(uint32_t counts)
{
    __asm__ volatile("mcr p15, 0, %0, c14, c2, 0\n\t"    /* CNTP_TVAL */
                     "mcr p15, 0, %1, c14, c2, 1\n\tisb" /* CNTP_CTL: enabled */
                     :
                     : "r"(counts), "r"(1));
}

static inline void phystimer_fire(void)
{
    phystimer_fire_in(0);
}

/* Drop the line. */
static inline void phystimer_quiet(void)
{
    __asm__ volatile("mcr p15, 0, %0, c14, c2, 1\n\tisb" : : "r"(0));
}

#endif
