/* SPDX-License-Identifier: Apache-2.0
 *
 * What the rest of the kernel asks of interrupt.c: whether the caller is between
 * Disable/Suspend...Interrupts and its partner. Counted in extended status only.
 */
#ifndef KERNEL_INTERRUPT_H
#define KERNEL_INTERRUPT_H

#include <stdbool.h>

#include "arch.h"
#include "cfg.h"

struct interrupt_state {
    uint16_t all_inner;   /* SuspendAllInterrupts() that found interrupts masked already */
    uint16_t all_depth;   /* SuspendAllInterrupts() without their Resume; extended status only */
    uint16_t os_depth;    /* SuspendOSInterrupts() without their Resume */
    bool disabled;        /* after DisableAllInterrupts() */
    bool masked_before;   /* what DisableAllInterrupts() found */
    arch_irq_t before_os; /* what the outermost SuspendOSInterrupts() found */
};
extern struct interrupt_state os_interrupt;

/** No section is open. */
static inline void interrupt_init(void)
{
    os_interrupt = (struct interrupt_state){0};
}

/** Extended status: whether a section is open. */
static inline bool interrupt_in_section(void)
{
    return (os_interrupt.all_depth | os_interrupt.os_depth) != 0 || os_interrupt.disabled;
}

/** An ISR2 ends in a section, which no interrupt can have begun in: tell ErrorHook, and end it.
 *  Interrupts masked. AUTOSAR OS 7.8, SWS_Os_00368 */
void interrupt_kept_by_isr(void);

#endif
