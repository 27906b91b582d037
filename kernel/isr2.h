/* SPDX-License-Identifier: Apache-2.0
 *
 * The frame of a category 2 interrupt, for the port's interrupt entry (arch.h says how it is used).
 * Inline, because it stands between the interrupt and the first instruction of its handler.
 */
#ifndef KERNEL_ISR2_H
#define KERNEL_ISR2_H

#include <stdbool.h>

#include "fpu.h"
#include "interrupt.h"
#include "ready.h"
#include "resource.h"
#include "state.h"

/** What was interrupted, as far as the configuration needs to know. */
struct isr2_outer {
    const struct os_isr *isr;
    struct arch_fpu *fpu;
    unsigned int held;
    uint8_t prio;
};

/** First step of a category 2 interrupt. Interrupts masked. @return for os_isr2_exit() */
static inline struct isr2_outer os_isr2_enter(const struct os_isr *isr)
{
    struct isr2_outer outer = {.fpu = fpu_now(), .prio = os.prio};

    os.prio = PRIO_ISR2;
    fpu_begin(isr->fpu);
    if (CFG_ISR_TRACKING) {
        outer.isr = os.isr;
        os.isr = isr;
    }
    if (CFG_ISR_RESOURCES)
        outer.held = resource_hide_held();
    return outer;
}

/** Last step. Interrupts masked. @return true: this was the outermost one and a task above the
 *  interrupted one is ready, so the port must call os_preempt(). OSEK 6, 4.6.1 */
static inline bool os_isr2_exit(const struct os_isr *isr, struct isr2_outer outer)
{
    if (CFG_EXTENDED_STATUS && interrupt_in_section())
        interrupt_kept_by_isr();
    if (CFG_ISR_RESOURCES) {
        if (resource_is_held())
            resource_kept_by_isr();
        resource_show_held(outer.held);
    }
    if (CFG_ISR_TRACKING)
        os.isr = outer.isr;
    fpu_end(isr->fpu);
    fpu_continue(outer.fpu);
    os.prio = outer.prio;
    return ready_top() > outer.prio; /* never, if that is an ISR2's */
}

#endif
