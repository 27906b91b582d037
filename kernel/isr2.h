/* SPDX-License-Identifier: Apache-2.0
 *
 * The frame of a category 2 interrupt, for the port's interrupt entry (arch.h says how it is used).
 * Inline, because it stands between the interrupt and the first instruction of its handler.
 */
#ifndef KERNEL_ISR2_H
#define KERNEL_ISR2_H

#include <stdbool.h>

#include "ready.h"
#include "state.h"

/** First step of a category 2 interrupt. Interrupts masked. */
static inline void os_isr2_enter(void)
{
    os.isr2_depth++;
}

/** Last step. Interrupts masked. @return true: this was the outermost one and a task above the
 *  interrupted one is ready, so the port must call os_preempt(). OSEK 6, 4.6.1 */
static inline bool os_isr2_exit(void)
{
    return --os.isr2_depth == 0 && ready_top() > os.prio;
}

#endif
