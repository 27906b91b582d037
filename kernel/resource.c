/* SPDX-License-Identifier: Apache-2.0
 *
 * Resources with immediate priority ceiling (OSEK 8.5): taking one raises os.prio, releasing it
 * puts back what was there before.
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
static uint8_t prio_before[CFG_RESOURCE_COUNT + 1]; /* what Release puts back */
static struct {                                     /* extended status only */
    bool taken;
    uint8_t outer; /* the holder's resource taken before this one, as id + 1 */
} tracks[CFG_RESOURCE_COUNT + 1];
uint8_t os_resource_held;

void resource_init(void)
{
    unsigned int i;

    for (i = 0; i != CFG_RESOURCE_COUNT; i++)
        tracks[i].taken = false;
    os_resource_held = 0;
}

static StatusType check(ResourceType id)
{
    const StatusType status = context_check(CTX_TASK | CTX_ISR2);

    if (!CFG_EXTENDED_STATUS || status != E_OK)
        return status;
    if (!cfg_has(id, CFG_RESOURCE_COUNT))
        return E_OS_ID;
    if (os.isr2_depth != 0 || os.running->prio > cfg_resources[id].ceiling)
        return E_OS_ACCESS;
    return E_OK;
}

static void track_get(ResourceType id)
{
    tracks[id].taken = true;
    tracks[id].outer = os_resource_held;
    os_resource_held = (uint8_t)(id + 1u);
}

static void track_release(ResourceType id)
{
    tracks[id].taken = false;
    os_resource_held = tracks[id].outer;
}

/* OSEK 13.4.3.1 */
StatusType GetResource(ResourceType ResID)
{
    StatusType status = check(ResID);
    uint8_t ceiling;

    if (RESOURCE_TRACKING && status == E_OK && tracks[ResID].taken)
        status = E_OS_ACCESS;
    if (status == E_OK) {
        ceiling = cfg_resources[ResID].ceiling;
        prio_before[ResID] = os.prio;
        if (ceiling > os.prio)
            os.prio = ceiling;
        atomic_signal_fence(memory_order_seq_cst);
        if (RESOURCE_TRACKING)
            track_get(ResID);
    }
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
        if (RESOURCE_TRACKING)
            track_release(ResID);
        atomic_signal_fence(memory_order_seq_cst);
        os.prio = prio_before[ResID]; /* OSEK 8.5: the previous dynamic priority */
        atomic_signal_fence(memory_order_seq_cst);
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
        track_release(os_resource_held - 1u);
}
