/* SPDX-License-Identifier: Apache-2.0
 *
 * Alarm services and expiry (OSEK 9.2, 13.6.3).
 */
#include "alarm.h"
#include "arch.h"
#include "context.h"
#include "counter.h"
#include "error.h"

struct alarm os_alarms[CFG_ALARM_COUNT + 1u]; /* one too many: C has no empty array */

/* In its counter's queue; 0 = not armed. */
static unsigned int place_of(AlarmType id)
{
    return pqueue_find(&os_counters[cfg_alarms[id].counter].queue, cfg_alarms[id].item);
}

void alarm_init(void)
{
    unsigned int i;

    for (i = 0; i != CFG_ALARM_COUNT; i++)
        os_alarms[i] = (struct alarm){0};
}

static void arm(AlarmType id, uint64_t due, TickType cycle)
{
    os_alarms[id].cycle = cycle;
    counter_arm(cfg_alarms[id].counter, cfg_alarms[id].item, due);
}

void alarm_autostart(AppModeType mode)
{
    unsigned int i;

    for (i = 0; i != CFG_ALARM_START_COUNT; i++) {
        if ((cfg_alarm_starts[i].modes >> mode & 1u) != 0)
            arm(cfg_alarm_starts[i].alarm, cfg_alarm_starts[i].start, cfg_alarm_starts[i].cycle);
    }
}

static uint64_t next_due(AlarmType id, uint64_t due, uint64_t now)
{
    const TickType cycle = os_alarms[id].cycle;
    uint64_t late;

    if (due + cycle > now)
        return due + cycle;
    late = long_divide(0, now - due, cycle); /* after a pause of the domain (fact B8), for one */
    os_alarms[id].lost += (uint32_t)late;
    return due + (late + 1) * cycle;
}

void alarm_queue_again(struct pqueue *queue, AlarmType id, uint64_t limit)
{
    const uint64_t due = entry_due(pqueue_top(queue));

    pqueue_remove(queue, 1);
    pqueue_insert(queue, entry_of(cfg_alarms[id].item, next_due(id, due, entry_due(limit) - 1)));
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
    if (place_of(id) != 0)
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
        if (!counter_disarm(cfg_alarms[AlarmID].counter, cfg_alarms[AlarmID].item))
            status = E_OS_NOFUNC;
        arch_irq_restore(irq);
    }
    return error_report(status, OSServiceId_CancelAlarm, AlarmID, 0, 0);
}

/* Ticks from now to an armed alarm's expiry. Only right after SetAbsAlarm() to the value that the
 * counter shows can it be maxallowedvalue + 1, which GetAlarm() cannot express. */
static TickType ticks_left(CounterType counter, unsigned int place)
{
    const uint64_t due = entry_due(os_counters[counter].queue.entries[place]);
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
    unsigned int place;
    arch_irq_t irq;

    if (status == E_OK) {
        irq = arch_irq_save();
        place = place_of(AlarmID);
        if (place != 0)
            *Tick = ticks_left(cfg_alarms[AlarmID].counter, place);
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
    return os_alarms[AlarmID].lost;
}
