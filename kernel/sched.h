/* SPDX-License-Identifier: Apache-2.0
 *
 * Running ready tasks above the current priority.
 *
 * A preemption is a call: each preempted task has a frame of sched_dispatch(), which runs what is
 * above it and then returns. Because every task that has been started outranks all that are
 * preempted, these frames end in the reverse order of their beginning, whatever stack they are on;
 * so all basic tasks can share one stack, and "which task goes on next" is never searched for: it
 * is the one whose frame is innermost, unless a ready task outranks it.
 *
 * A task that waits (event.c) gives the CPU back to the innermost frame and leaves the order. When
 * it is released it is ready like any other, and some frame lets it go on.
 * Interrupts masked.
 */
#ifndef KERNEL_SCHED_H
#define KERNEL_SCHED_H

#include "ready.h"

/** Run ready tasks until none is above the current priority. At least one must be. */
void sched_dispatch(void);

/** End the running task: the next one that is due runs instead. Compilers do not inline by themselves
 *  what never returns. */
__attribute__((always_inline)) static inline _Noreturn void sched_leave(void)
{
    arch_task_leave(os.sp);
}

/** A point of rescheduling at task level (OSEK 4.6.1). In an ISR2, above all tasks, it does nothing: the
 *  outermost one's end is such a point (OSEK 6). */
static inline void sched_preempt(void)
{
    if (ready_top() > os.prio)
        sched_dispatch();
}

#endif
