/* SPDX-License-Identifier: Apache-2.0
 *
 * Running ready tasks above the current priority. All basic tasks share one stack: a preemption is
 * a call, the preempted tasks form a strict LIFO chain of sched_dispatch() frames.
 * Interrupts masked.
 */
#ifndef KERNEL_SCHED_H
#define KERNEL_SCHED_H

#include "ready.h"

/** Run ready tasks until none is above the current priority. At least one must be. */
void sched_dispatch(void);

/** End the running task: the next one that is due runs instead. */
static inline _Noreturn void sched_leave(void)
{
    arch_task_leave(os.sp);
}

/** A point of rescheduling at task level (OSEK 4.6.1). In an ISR2 it does nothing: the outermost
 *  one's end is such a point (OSEK 6). */
static inline void sched_preempt(void)
{
    if (ready_top() > os.prio && os.isr2_depth == 0)
        sched_dispatch();
}

#endif
