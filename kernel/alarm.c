/* SPDX-License-Identifier: Apache-2.0
 *
 * Alarm services and expiry (OSEK 9.2, 13.6.3).
 */
#include "alarm.h"
#include "action.h"
#include "arch.h"
#include "context.h"
#include "counter.h"
#include "error.h"

struct alarm {
    TickType cycle; /* 0 = once */
    uint32_t lost;  /* expiries that came and went while the machine was held up */
};
static struct alarm alarms[CFG_ALARM_COUNT + 1u]; /* one too many: C has no empty array */

void alarm_init(void)
{
    unsigned int i;

    for (i = 0; i != CFG_ALARM_COUNT; i++)
        alarms[i] = (struct alarm){0};
}

static void arm(AlarmType id, uint64_t due, TickType cycle)
{
    alarms[id].cycle = cycle;
    counter_arm(cfg_alarms[id].counter, (uint16_t)id, due);
}

void alarm_autostart(AppModeType mode)
{
    AlarmType id;

    for (id = 0; id != CFG_ALARM_COUNT; id++) {
        if ((cfg_alarms[id].autostart_modes >> mode & 1u) != 0)
            arm(id, cfg_alarms[id].start, cfg_alarms[id].cycle);
    }
}

/* The tick at which a cyclic alarm expires next. Whole cycles that have passed since it was due are
 * lost, as after a pause of the domain (fact B8), but the phase is kept. The division is on the late
 * path only. */
static uint64_t next_due(struct alarm *alarm, uint64_t due, uint64_t now)
{
    uint64_t late;

    if (due + alarm->cycle > now)
        return due + alarm->cycle;
    late = long_divide(0, now - due, alarm->cycle);
    alarm->lost += (uint32_t)late;
    return due + (late + 1) * alarm->cycle;
}

void alarm_expire(struct pqueue *queue, uint64_t now)
{
    const uint16_t id = pqueue_top(queue);
    struct alarm *alarm = &alarms[id];

    if (alarm->cycle == 0)
        (void)pqueue_remove(queue, id);
    else
        (void)pqueue_set(queue, id, next_due(alarm, pqueue_top_key(queue), now));
    action_do(&cfg_alarms[id].action);
}

static StatusType check(AlarmType id, unsigned int allowed)
{
    const StatusType status = context_check(allowed);

    if (CFG_EXTENDED_STATUS && status == E_OK && !cfg_has(id, CFG_ALARM_COUNT))
        return E_OS_ID;
    return status;
}

static StatusType check_cycle(AlarmType id, TickType cycle)
{
    const AlarmBaseType *base;

    if (!CFG_EXTENDED_STATUS || cycle == 0)
        return E_OK;
    base = &cfg_counters[cfg_alarms[id].counter].base;
    return cycle < base->mincycle || cycle > base->maxallowedvalue ? E_OS_VALUE : E_OK;
}

/* An alarm that is armed already must be cancelled first. Interrupts masked. */
static StatusType arm_if_free(AlarmType id, uint64_t due, TickType cycle)
{
    if (pqueue_contains(&os_counters[cfg_alarms[id].counter].queue, (uint16_t)id))
        return E_OS_STATE;
    arm(id, due, cycle);
    return E_OK;
}

static StatusType check_rel(AlarmType id, TickType increment, TickType cycle)
{
    StatusType status = check(id, CTX_WORKERS);

    if (status != E_OK)
        return status;
    if (increment == 0) /* AUTOSAR SWS_Os_00304: in both statuses */
        return E_OS_VALUE;
    if (CFG_EXTENDED_STATUS &&
        increment > cfg_counters[cfg_alarms[id].counter].base.maxallowedvalue)
        return E_OS_VALUE;
    return check_cycle(id, cycle);
}

/* OSEK 13.6.3.3 */
StatusType SetRelAlarm(AlarmType AlarmID, TickType increment, TickType cycle)
{
    StatusType status = check_rel(AlarmID, increment, cycle);
    arch_irq_t irq;

    if (status == E_OK) {
        irq = arch_irq_save();
        status =
            arm_if_free(AlarmID, counter_ticks(cfg_alarms[AlarmID].counter) + increment, cycle);
        arch_irq_restore(irq);
    }
    return error_report(status, OSServiceId_SetRelAlarm, AlarmID, increment, cycle);
}

static StatusType check_abs(AlarmType id, TickType start, TickType cycle)
{
    const StatusType status = check(id, CTX_WORKERS);

    if (!CFG_EXTENDED_STATUS || status != E_OK)
        return status;
    if (start > cfg_counters[cfg_alarms[id].counter].base.maxallowedvalue)
        return E_OS_VALUE;
    return check_cycle(id, cycle);
}

/* OSEK 13.6.3.4 */
StatusType SetAbsAlarm(AlarmType AlarmID, TickType start, TickType cycle)
{
    StatusType status = check_abs(AlarmID, start, cycle);
    arch_irq_t irq;

    if (status == E_OK) {
        irq = arch_irq_save();
        status = arm_if_free(AlarmID, counter_due_at(cfg_alarms[AlarmID].counter, start), cycle);
        arch_irq_restore(irq);
    }
    return error_report(status, OSServiceId_SetAbsAlarm, AlarmID, start, cycle);
}

/* OSEK 13.6.3.5 */
StatusType CancelAlarm(AlarmType AlarmID)
{
    StatusType status = check(AlarmID, CTX_WORKERS);
    arch_irq_t irq;

    if (status == E_OK) {
        irq = arch_irq_save();
        if (!counter_disarm(cfg_alarms[AlarmID].counter, (uint16_t)AlarmID))
            status = E_OS_NOFUNC;
        arch_irq_restore(irq);
    }
    return error_report(status, OSServiceId_CancelAlarm, AlarmID, 0, 0);
}

/* Ticks from now to an armed alarm's expiry. Only right after SetAbsAlarm() to the value that the
 * counter shows can it be maxallowedvalue + 1, which GetAlarm() cannot express. */
static TickType ticks_left(CounterType counter, AlarmType id)
{
    const uint64_t due = pqueue_key(&os_counters[counter].queue, (uint16_t)id);
    const uint64_t now = counter_ticks(counter);
    const TickType max = cfg_counters[counter].base.maxallowedvalue;

    if (due <= now)
        return 0;
    return due - now > max ? max : (TickType)(due - now);
}

/* OSEK 13.6.3.2 */
StatusType GetAlarm(AlarmType AlarmID, TickRefType Tick)
{
    StatusType status = check(AlarmID, CTX_OBSERVERS);
    CounterType counter;
    arch_irq_t irq;

    if (status == E_OK) {
        counter = cfg_alarms[AlarmID].counter;
        irq = arch_irq_save();
        if (pqueue_contains(&os_counters[counter].queue, (uint16_t)AlarmID))
            *Tick = ticks_left(counter, AlarmID);
        else
            status = E_OS_NOFUNC;
        arch_irq_restore(irq);
    }
    return error_report(status, OSServiceId_GetAlarm, AlarmID, (uintptr_t)Tick, 0);
}

/* OSEK 13.6.3.1 */
StatusType GetAlarmBase(AlarmType AlarmID, AlarmBaseRefType Info)
{
    const StatusType status = check(AlarmID, CTX_OBSERVERS);

    if (status == E_OK)
        *Info = cfg_counters[cfg_alarms[AlarmID].counter].base;
    return error_report(status, OSServiceId_GetAlarmBase, AlarmID, (uintptr_t)Info, 0);
}

uint32_t OSAlarmLostCount(AlarmType AlarmID)
{
    return alarms[AlarmID].lost;
}
