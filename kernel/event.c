/* SPDX-License-Identifier: Apache-2.0
 *
 * Event services (OSEK 13.5.3).
 */
#include "event.h"
#include "arch.h"
#include "context.h"
#include "error.h"
#include "hook.h"
#include "resource.h"
#include "sched.h"
#include "task.h"

struct extended os_extended[CFG_EXTENDED_COUNT + 1u]; /* one too many: C has no empty array */

void event_init(void)
{
    unsigned int i;

    for (i = 0; i != CFG_EXTENDED_COUNT; i++)
        os_extended[i] = (struct extended){0};
}

bool event_set(TaskType id, EventMaskType mask)
{
    struct extended *const extended = &os_extended[id];

    extended->set |= mask;
    if (!extended->waiting || (extended->set & extended->awaited) == 0)
        return false;
    extended->waiting = false;
    ready_insert(id); /* OSEK 4.5: as the newest of its priority */
    return true;
}

static struct extended *of_running(void)
{
    return &os_extended[os.running->id];
}

/* The running task waits: the dispatcher that runs it has the CPU until it may go on. Apart, so that
 * whoever need not wait saves no registers. */
static __attribute__((noinline)) void wait_for(struct extended *extended, EventMaskType mask)
{
    hook_post_task();
    ready_remove(os.running);
    extended->awaited = mask;
    extended->waiting = true;
    arch_task_switch(&extended->context, os.sp);
}

static StatusType check_task(TaskType id, unsigned int allowed)
{
    const StatusType status = context_check(allowed);

    if (!CFG_EXTENDED_STATUS || status != E_OK)
        return status;
    if (id >= CFG_TASK_COUNT)
        return E_OS_ID;
    return event_is_extended(id) ? E_OK : E_OS_ACCESS;
}

/* What ClearEvent and WaitEvent ask of their caller. */
static StatusType check_caller(void)
{
    const StatusType status = context_check(CTX_TASK);

    if (!CFG_EXTENDED_STATUS || status != E_OK)
        return status;
    return event_is_extended(os.running->id) ? E_OK : E_OS_ACCESS;
}

/* OSEK 13.5.3.1 */
StatusType SetEvent(TaskType TaskID, EventMaskType Mask)
{
    StatusType status = check_task(TaskID, CTX_WORKERS);
    arch_irq_t irq;

    if (status == E_OK) {
        irq = arch_irq_save();
        if (CFG_EXTENDED_STATUS && !task_is_alive(TaskID)) {
            status = E_OS_STATE;
        } else if (event_set(TaskID, Mask)) {
            sched_preempt();
        }
        arch_irq_restore(irq);
    }
    return error_report(status, OSServiceId_SetEvent, TaskID, Mask, 0);
}

/* OSEK 13.5.3.2 */
StatusType ClearEvent(EventMaskType Mask)
{
    const StatusType status = check_caller();
    arch_irq_t irq;

    if (status == E_OK) {
        irq = arch_irq_save();
        of_running()->set &= ~Mask;
        arch_irq_restore(irq);
    }
    return error_report(status, OSServiceId_ClearEvent, Mask, 0, 0);
}

/* OSEK 13.5.3.3 */
StatusType GetEvent(TaskType TaskID, EventMaskRefType Event)
{
    StatusType status = check_task(TaskID, CTX_OBSERVERS);
    arch_irq_t irq;

    if (status == E_OK) {
        irq = arch_irq_save();
        if (CFG_EXTENDED_STATUS && !task_is_alive(TaskID))
            status = E_OS_STATE;
        else
            *Event = os_extended[TaskID].set;
        arch_irq_restore(irq);
    }
    return error_report(status, OSServiceId_GetEvent, TaskID, (uintptr_t)Event, 0);
}

/* OSEK 13.5.3.4. An event that is set already means no waiting, no rescheduling: OSEK 4.6.2. */
StatusType WaitEvent(EventMaskType Mask)
{
    StatusType status = check_caller();
    arch_irq_t irq;

    if (status == E_OK && resource_is_held())
        status = E_OS_RESOURCE;
    if (status == E_OK) {
        irq = arch_irq_save();
        if ((of_running()->set & Mask) == 0)
            wait_for(of_running(), Mask);
        arch_irq_restore(irq);
    }
    return error_report(status, OSServiceId_WaitEvent, Mask, 0, 0);
}
