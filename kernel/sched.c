/* SPDX-License-Identifier: Apache-2.0
 *
 * The dispatcher: see sched.h.
 */
#include "sched.h"
#include "event.h"
#include "fpu.h"
#include "hook.h"
#include "resource.h"

/* Not all zeroes: an interrupt that ends before StartOS() looks for ready tasks too, and main() may
 * call what StartupHook may. */
struct os os = {.ready_map = 1u, .hook = CTX_STARTUP};

struct fpu_state os_fpu;

#define OWN_STACKS (CFG_STACK_COUNT > STACK_FIRST_OWN) /* some task has one */

/* Where a task on the shared stack starts; NULL = right here. Only if OWN_STACKS. */
static void *shared_top;

static bool has_own_stack(const struct task_cfg *task)
{
    return OWN_STACKS && task != NULL && task->stack != STACK_SHARED;
}

/* Where the task's stack begins; NULL = right here. */
static void *top_for(const struct task_cfg *task)
{
    if (has_own_stack(task))
        return cfg_stacks[task->stack].top;
    return OWN_STACKS ? shared_top : NULL;
}

/* Start the task. Comes back when it has ended or waits. */
static void start(const struct task_cfg *task)
{
    hook_pre_task();
    fpu_begin(task->fpu);
    arch_task_enter(task->entry, &os.sp, top_for(task));
}

/* Let a task go on that has waited. Comes back as start() does. */
static void resume(const struct task_cfg *task)
{
    hook_pre_task();
    fpu_continue(task->fpu);
    arch_task_switch(&os.sp, event_take_context(task));
}

/* Tasks on the shared stack start right here while `preempted` is on it; else above the one that
 * `preempted` was itself started from. @return where it was before */
static void *shared_top_move(const struct task_cfg *preempted)
{
    void *const before = shared_top;

    if (!has_own_stack(preempted))
        shared_top = NULL;
    else if (before == NULL)
        shared_top = os.sp;
    return before;
}

void sched_dispatch(void)
{
    const struct task_cfg *const preempted = os.running;
    const unsigned int limit = os.prio;
    void *const sp = os.sp;
    void *const outer_top = OWN_STACKS ? shared_top_move(preempted) : NULL;
    struct arch_fpu *const fpu = fpu_now();
    const unsigned int held = resource_hide_held();
    const struct task_cfg *task;

    if (preempted != NULL)
        hook_post_task();
    do {
        task = ready_head(ready_top());
        os.running = task;
        os.prio = task->run_prio; /* takes the internal resource: OSEK 8.7 */
        if (event_has_context(task))
            resume(task);
        else
            start(task);
    } while (ready_top() > limit);
    os.running = preempted;
    os.prio = (uint8_t)limit;
    os.sp = sp;
    if (OWN_STACKS)
        shared_top = outer_top;
    resource_show_held(held);
    if (preempted != NULL)
        hook_pre_task();
    fpu_continue(fpu);
}

__attribute__((alias("sched_dispatch"))) void os_preempt(void);
