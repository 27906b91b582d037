/* SPDX-License-Identifier: Apache-2.0
 *
 * Resources with immediate priority ceiling (OSEK 8.5): taking one raises os.prio, releasing it
 * puts back what was there before. One that an ISR2 uses also raises the interrupt level that is
 * masked (8.6); its ceiling is the highest of all, so that no other task ever runs with that level.
 *
 * os.prio is changed with interrupts enabled. An interrupt in between may preempt the task, but
 * every preemption puts os.prio back as it found it. Two orders matter and are kept by compiler
 * barriers: the ceiling is in force before the caller's protected section, and on release the lower
 * priority is in force before the look at the ready tasks. So a task that becomes ready later is
 * seen by the interrupt's own end, and one that became ready before by the look.
 */
#include <stdatomic.h>

#include "context.h"
#include "error.h"
#include "resource.h"
#include "sched.h"

/* By resource; one too many, because C has no empty array. */
static uint8_t level_before[CFG_RESOURCE_COUNT + 1u]; /* what releasing it puts back */
static struct {                                       /* extended status only */
    bool taken;
    uint8_t outer;                 /* the holder's resource taken before this one, as id + 1 */
    const struct task_cfg *holder; /* NULL: an ISR2. For debuggers (ORTI's LOCKER) */
} tracks[CFG_RESOURCE_COUNT + 1u];
uint8_t os_resource_held;

void resource_init(void)
{
    unsigned int i;

    for (i = 0; i != CFG_RESOURCE_COUNT; i++)
        tracks[i].taken = false;
    os_resource_held = 0;
}

/* Whether the caller's static priority is above the resource's: an ISR2's is its level. */
static bool is_below_caller(const struct resource_cfg *resource)
{
    if (state_in_isr2())
        return os.isr->level > resource->level;
    return os.running->prio > resource->ceiling;
}

static StatusType check(ResourceType id)
{
    const StatusType status = context_check(CTX_TASK | CTX_ISR2);

    if (!CFG_EXTENDED_STATUS || status != E_OK)
        return status;
    if (!cfg_has(id, CFG_RESOURCE_COUNT))
        return E_OS_ID;
    return is_below_caller(&cfg_resources[id]) ? E_OS_ACCESS : E_OK;
}

/* What was there before is remembered after the ceiling is in force: from then on nobody who uses
 * the resource can come between. */
static void take(ResourceType id)
{
    const uint8_t ceiling = cfg_resources[id].ceiling;
    const uint8_t before = os.prio;

    if (ceiling > before)
        os.prio = ceiling;
    atomic_signal_fence(memory_order_seq_cst);
    os.prio_before[id] = before;
    if (RESOURCE_TRACKING) {
        tracks[id].taken = true;
        tracks[id].outer = os_resource_held;
        tracks[id].holder = state_in_isr2() ? NULL : os.running;
        os_resource_held = (uint8_t)(id + 1u);
    }
}

static void give_back(ResourceType id)
{
    if (RESOURCE_TRACKING) {
        tracks[id].taken = false;
        os_resource_held = tracks[id].outer;
    }
    atomic_signal_fence(memory_order_seq_cst);
    os.prio = os.prio_before[id]; /* OSEK 8.5: the previous dynamic priority */
    atomic_signal_fence(memory_order_seq_cst);
}

/* Priority and level change in one step: no task runs with another one's level. */
static void take_with_level(ResourceType id)
{
    const arch_irq_t irq = arch_irq_save();

    take(id);
    level_before[id] = (uint8_t)arch_level_raise(cfg_resources[id].level);
    arch_irq_restore(irq);
}

static void give_back_with_level(ResourceType id)
{
    const arch_irq_t irq = arch_irq_save();

    arch_level_restore(level_before[id]);
    give_back(id);
    arch_irq_restore(irq);
}

static bool has_level(ResourceType id)
{
    return CFG_ISR_RESOURCES && cfg_resources[id].level != 0;
}

static void release(ResourceType id)
{
    if (has_level(id))
        give_back_with_level(id);
    else
        give_back(id);
}

/* OSEK 13.4.3.1 */
StatusType GetResource(ResourceType ResID)
{
    StatusType status = check(ResID);

    if (RESOURCE_TRACKING && status == E_OK && tracks[ResID].taken)
        status = E_OS_ACCESS;
    if (status == E_OK && has_level(ResID))
        take_with_level(ResID);
    else if (status == E_OK)
        take(ResID);
    return error_report(status, OSServiceId_GetResource, ResID, 0, 0);
}

/* OSEK 13.4.3.2 */
StatusType ReleaseResource(ResourceType ResID)
{
    StatusType status = check(ResID);
    arch_irq_t irq;

    if (RESOURCE_TRACKING && status == E_OK && os_resource_held != ResID + 1u)
        status = E_OS_NOFUNC;
    if (status == E_OK) {
        release(ResID);
        if (ready_top() > os.prio) {
            irq = arch_irq_save();
            sched_preempt();
            arch_irq_restore(irq);
        }
    }
    return error_report(status, OSServiceId_ReleaseResource, ResID, 0, 0);
}

void resource_release_held(void)
{
    unsigned int i;

    for (i = 0; i != CFG_RESOURCE_COUNT && os_resource_held != 0; i++)
        release(os_resource_held - 1u);
}

void resource_kept_by_isr(void)
{
    (void)error_report(E_OS_RESOURCE, OSServiceId_None, 0, 0, 0);
    resource_release_held();
}
