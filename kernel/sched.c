/* SPDX-License-Identifier: Apache-2.0
 *
 * The dispatcher: see sched.h. The preempted task's context is this function's frame, on the stack
 * that all basic tasks share.
 */
#include "sched.h"
#include "hook.h"
#include "resource.h"

/* Not all zeroes: an interrupt that ends before StartOS() looks for ready tasks too. */
struct os os = {.ready_map = 1u};

void sched_dispatch(void)
{
    const struct task_cfg *const preempted = os.running;
    const unsigned int limit = os.prio;
    void *const sp = os.sp;
    const unsigned int held = resource_hide_held();
    const struct task_cfg *task;

    if (preempted != NULL)
        hook_post_task();
    do {
        task = ready_head(ready_top());
        os.running = task;
        os.prio = task->run_prio; /* takes the internal resource: OSEK 8.7 */
        hook_pre_task();
        arch_task_enter(task->entry, &os.sp);
    } while (ready_top() > limit);
    os.running = preempted;
    os.prio = (uint8_t)limit;
    os.sp = sp;
    resource_show_held(held);
    if (preempted != NULL)
        hook_pre_task();
}

void os_preempt(void)
{
    sched_dispatch();
}
