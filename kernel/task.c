/* SPDX-License-Identifier: Apache-2.0
 *
 * Task services (OSEK 13.2.3). Each reads: check, act, dispatch, report.
 */
#include "context.h"
#include "error.h"
#include "fpu.h"
#include "hook.h"
#include "resource.h"
#include "sched.h"
#include "task.h"

static StatusType check_id(TaskType id, unsigned int allowed)
{
    const StatusType status = context_check(allowed);

    if (CFG_EXTENDED_STATUS && status == E_OK && id >= CFG_TASK_COUNT)
        return E_OS_ID;
    return status;
}

/* What TerminateTask, ChainTask and Schedule ask of their caller. OSEK 13.2.3.2-4 */
static StatusType check_holds_nothing(void)
{
    const StatusType status = context_check(CTX_TASK);

    return status == E_OK && resource_is_held() ? E_OS_RESOURCE : status;
}

static void leave_running(void)
{
    hook_post_task();
    fpu_end(os.running->fpu);
}

/* The running task's activation is over; its internal resource goes with it. */
static void end_running(void)
{
    leave_running();
    ready_pop(os.running);
}

/* It is over, and begins anew. */
static void renew_running(void)
{
    leave_running();
    event_clear_all(os.running->id);
    ready_rotate(os.running);
}

/* OSEK 13.2.3.1 */
StatusType ActivateTask(TaskType TaskID)
{
    StatusType status = check_id(TaskID, CTX_WORKERS);
    arch_irq_t irq;

    if (status == E_OK) {
        irq = arch_irq_save();
        if (task_is_full(TaskID)) {
            status = E_OS_LIMIT;
        } else {
            task_activate(TaskID);
            sched_preempt();
        }
        arch_irq_restore(irq);
    }
    return error_report(status, OSServiceId_ActivateTask, TaskID, 0, 0);
}

/* OSEK 13.2.3.2 */
StatusType TerminateTask(void)
{
    const StatusType status = check_holds_nothing();

    if (status == E_OK) {
        arch_irq_disable();
        end_running();
        sched_leave();
    }
    return error_report(status, OSServiceId_TerminateTask, 0, 0, 0);
}

/* OSEK 13.2.3.3. To itself the caller's own activation makes room, so the limit cannot be met. */
StatusType ChainTask(TaskType TaskID)
{
    StatusType status = check_id(TaskID, CTX_TASK);
    arch_irq_t irq;

    if (status == E_OK && resource_is_held())
        status = E_OS_RESOURCE;
    if (status == E_OK) {
        irq = arch_irq_save();
        if (&cfg_tasks[TaskID] == os.running) {
            renew_running();
            sched_leave();
        } else if (task_is_full(TaskID)) {
            status = E_OS_LIMIT;
        } else {
            end_running();
            task_activate(TaskID);
            sched_leave();
        }
        arch_irq_restore(irq);
    }
    return error_report(status, OSServiceId_ChainTask, TaskID, 0, 0);
}

/* OSEK 13.2.3.4. For the time of the dispatch the internal resource is released. */
StatusType Schedule(void)
{
    const StatusType status = check_holds_nothing();
    arch_irq_t irq;
    uint8_t prio;

    if (status == E_OK) {
        irq = arch_irq_save();
        prio = os.prio;
        os.prio = os.running->prio;
        if (ready_top() > os.prio)
            sched_dispatch();
        os.prio = prio;
        arch_irq_restore(irq);
    }
    return error_report(status, OSServiceId_Schedule, 0, 0, 0);
}

/* OSEK 13.2.3.5 */
StatusType GetTaskID(TaskRefType TaskID)
{
    const StatusType status = context_check(CTX_OBSERVERS);

    if (status == E_OK)
        *TaskID = os.running == NULL ? INVALID_TASK : os.running->id;
    return error_report(status, OSServiceId_GetTaskID, (uintptr_t)TaskID, 0, 0);
}

static TaskStateType state_of(TaskType id)
{
    if (&cfg_tasks[id] == os.running)
        return RUNNING;
    if (event_is_waiting(id))
        return WAITING;
    return ready_contains(id) ? READY : SUSPENDED;
}

/* OSEK 13.2.3.6 */
StatusType GetTaskState(TaskType TaskID, TaskStateRefType State)
{
    const StatusType status = check_id(TaskID, CTX_OBSERVERS);
    arch_irq_t irq;

    if (status == E_OK) {
        irq = arch_irq_save();
        *State = state_of(TaskID);
        arch_irq_restore(irq);
    }
    return error_report(status, OSServiceId_GetTaskState, TaskID, (uintptr_t)State, 0);
}

/* The mask tells of sections and of category 1, which the kernel does not see. */
bool OSMayWait(void)
{
    const arch_irq_t irq = arch_irq_save();

    arch_irq_restore(irq);
    return !arch_irq_was_masked(irq) && context_now() == CTX_TASK;
}

/* AUTOSAR OS: extended status reports it and tidies up after the task; standard status ends it. */
void os_task_returned(void)
{
    arch_irq_disable();
    if (CFG_EXTENDED_STATUS) {
        error_report(E_OS_MISSINGEND, OSServiceId_None, 0, 0, 0);
        interrupt_init();
        resource_release_held();
    }
    end_running();
    sched_leave();
}

const char *OSTaskName(TaskType TaskID)
{
    return cfg_task_names[TaskID];
}
