/* SPDX-License-Identifier: Apache-2.0
 *
 * The physical timer as an interrupt that a test can make at will. Nothing else here uses it; Xen emulates it.
 */
#ifndef PHYSTIMER_H
#define PHYSTIMER_H

#include <stdbool.h>
#include <stdint.h>

#include "kernel/arch.h"

#define PHYSTIMER_LINE                                                                             \
    30u /* PPI 14, the non-secure physical timer: every Xen guest and QEMU's virt have it there */

/* Interrupt after as many of the timer's counts. */
static inline void phystimer_fire_in(uint32_t counts)
{
    __asm__ volatile("mcr p15, 0, %0, c14, c2, 0\n\t"    /* CNTP_TVAL */
                     "mcr p15, 0, %1, c14, c2, 1\n\tisb" /* CNTP_CTL: enabled */
                     :
                     : "r"(counts), "r"(1));
}

/* Whether its handler has not yet dropped the line. */
static inline bool phystimer_is_on(void)
{
    uint32_t control;

    __asm__ volatile("mrc p15, 0, %0, c14, c2, 1" : "=r"(control)); /* CNTP_CTL */
    return (control & 1u) != 0;
}

/* Interrupt now. Comes back when the handler has run, which takes a while on a busy machine, because Xen makes the
 * interrupt by a timer of its own; while it is masked, a quarter of a second later. */
static inline void phystimer_fire(void)
{
    const uint64_t end = arch_timer_count() + arch_timer_hz() / 4;

    phystimer_fire_in(0);
    while (phystimer_is_on() && arch_timer_count() < end) {
    }
}

/* Drop the line. */
static inline void phystimer_quiet(void)
{
    __asm__ volatile("mcr p15, 0, %0, c14, c2, 1\n\tisb" : : "r"(0));
}

#endif
