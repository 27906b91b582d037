/* SPDX-License-Identifier: Apache-2.0
 *
 * See counter.h. The timer is armed for the next tick that something waits for and no other: there
 * is no tick interrupt.
 */
#include "counter.h"
#include "alarm.h"
#include "arch.h"
#include "context.h"
#include "error.h"
#include "sched.h"
#include "schedtable.h"
#include "timebase.h"

/* One more than needed, because C has no empty array; unused ones are not linked. */
#define ITEMS  (CFG_ALARM_COUNT + CFG_SCHEDTABLE_COUNT)
#define PLACES (ITEMS + CFG_COUNTER_COUNT + 1u)

struct counter os_counters[CFG_COUNTER_COUNT + 1u];
static struct timebase timebases[CFG_TIMER_COUNTER_COUNT + 1u];
static uint64_t epoch; /* the timer's count at StartOS() */

/* Storage of all queues, cut up by cfg_counters[].first_place. */
static uint64_t queue_keys[PLACES];
static uint16_t queue_items[PLACES];
static uint16_t queue_places[ITEMS + 1u];

/* Whether the machine's timer drives the counter. */
static bool is_timed(CounterType id)
{
    return cfg_has(id, CFG_TIMER_COUNTER_COUNT);
}

static void init_one(CounterType id)
{
    const struct counter_cfg *cfg = &cfg_counters[id];
    struct counter *counter = &os_counters[id];

    counter->queue = (struct pqueue){.keys = &queue_keys[cfg->first_place],
                                     .items = &queue_items[cfg->first_place],
                                     .places = queue_places,
                                     .capacity = cfg->item_count};
    counter->ticks = 0;
    reciprocal_init(&counter->wrap, (uint64_t)cfg->base.maxallowedvalue + 1, 0);
    if (is_timed(id))
        timebase_init(&timebases[id], arch_timer_hz(), cfg->tick_ns);
}

void counter_init(void)
{
    CounterType id;

    for (id = 0; id != CFG_COUNTER_COUNT; id++)
        init_one(id);
    if (CFG_TIMER_COUNTER_COUNT > 0) {
        arch_timer_stop();
        epoch = arch_timer_count();
    }
}

uint64_t counter_ticks(CounterType id)
{
    if (is_timed(id))
        return timebase_ticks(&timebases[id], arch_timer_count() - epoch);
    return os_counters[id].ticks;
}

TickType counter_value(CounterType id, uint64_t ticks)
{
    const uint64_t modulus = (uint64_t)cfg_counters[id].base.maxallowedvalue + 1;
    const uint64_t rounds = reciprocal_quotient(ticks, &os_counters[id].wrap);
    const uint64_t rest = ticks - rounds * modulus;

    return (TickType)(rest >= modulus ? rest - modulus : rest);
}

uint64_t counter_due_at(CounterType id, TickType value)
{
    const uint64_t now = counter_ticks(id);
    const TickType shown = counter_value(id, now);
    const uint64_t due = now - shown + value;

    return value > shown ? due : due + cfg_counters[id].base.maxallowedvalue + 1;
}

/* Arm the timer for the earliest item of all counters that it drives. */
static void timer_follow(void)
{
    uint64_t earliest = UINT64_MAX;
    uint64_t count;
    CounterType id;

    for (id = 0; id != CFG_TIMER_COUNTER_COUNT; id++) {
        if (pqueue_is_empty(&os_counters[id].queue))
            continue;
        count = timebase_count(&timebases[id], pqueue_top_key(&os_counters[id].queue));
        if (count < earliest)
            earliest = count;
    }
    if (earliest == UINT64_MAX)
        arch_timer_stop();
    else
        arch_timer_arm(epoch + earliest);
}

void counter_arm(CounterType id, uint16_t item, uint64_t due)
{
    struct pqueue *queue = &os_counters[id].queue;

    (void)pqueue_set(queue, item, due); /* there is room for all items of the counter */
    if (is_timed(id) && pqueue_top(queue) == item)
        timer_follow();
}

bool counter_disarm(CounterType id, uint16_t item)
{
    struct pqueue *queue = &os_counters[id].queue;
    bool first;

    if (!pqueue_contains(queue, item))
        return false;
    first = pqueue_top(queue) == item;
    (void)pqueue_remove(queue, item);
    if (is_timed(id) && first)
        timer_follow();
    return true;
}

static void expire_first(struct pqueue *queue, uint64_t now)
{
    if (cfg_has(pqueue_top(queue), CFG_ALARM_COUNT))
        alarm_expire(queue, now);
    else if (CFG_SCHEDTABLE_COUNT > 0)
        schedtable_expire(queue, now);
}

/* Let all items expire that are due at tick `now`. Interrupts come through between two of them, so
 * the longest time masked is one item's. It ends: what an alarm or a whole round of a schedule
 * table is due at next is after `now`. */
static void expire_until(CounterType id, uint64_t now)
{
    struct pqueue *queue = &os_counters[id].queue;

    while (!pqueue_is_empty(queue) && pqueue_top_key(queue) <= now) {
        expire_first(queue, now);
        arch_irq_enable();
        arch_irq_disable();
    }
}

void os_timer_expired(void)
{
    CounterType id;

    for (id = 0; id != CFG_TIMER_COUNTER_COUNT; id++)
        expire_until(id, counter_ticks(id));
    timer_follow();
}

static StatusType check_counter(CounterType id)
{
    const StatusType status = context_check(CTX_WORKERS);

    if (!CFG_EXTENDED_STATUS || status != E_OK)
        return status;
    return cfg_has(id, CFG_COUNTER_COUNT) ? E_OK : E_OS_ID;
}

static StatusType check_increment(CounterType id)
{
    const StatusType status = check_counter(id);

    return CFG_EXTENDED_STATUS && status == E_OK && is_timed(id) ? E_OS_ID : status;
}

/* AUTOSAR OS. Counts as an interrupt while alarms expire, so that all of them have acted before the
 * first of the tasks that they activate runs. */
StatusType IncrementCounter(CounterType CounterID)
{
    const StatusType status = check_increment(CounterID);
    arch_irq_t irq;
    uint8_t prio;

    if (status == E_OK) {
        irq = arch_irq_save();
        prio = os.prio;
        os.prio = PRIO_ISR2;
        os_counters[CounterID].ticks++;
        expire_until(CounterID, os_counters[CounterID].ticks);
        os.prio = prio;
        sched_preempt();
        arch_irq_restore(irq);
    }
    return error_report(status, OSServiceId_IncrementCounter, CounterID, 0, 0);
}

static TickType value_now(CounterType id)
{
    const arch_irq_t irq = arch_irq_save();
    const TickType value = counter_value(id, counter_ticks(id));

    arch_irq_restore(irq);
    return value;
}

/* AUTOSAR OS 8.4.26 */
StatusType GetCounterValue(CounterType CounterID, TickRefType Value)
{
    const StatusType status = check_counter(CounterID);

    if (status == E_OK)
        *Value = value_now(CounterID);
    return error_report(status, OSServiceId_GetCounterValue, CounterID, (uintptr_t)Value, 0);
}

/* Ticks from where the counter showed `before` to where it shows `after`. */
static TickType ticks_between(CounterType id, TickType before, TickType after)
{
    const TickType max = cfg_counters[id].base.maxallowedvalue;

    return after >= before ? after - before : max - before + 1u + after;
}

/* AUTOSAR OS 8.4.27 */
StatusType GetElapsedValue(CounterType CounterID, TickRefType Value, TickRefType ElapsedValue)
{
    StatusType status = check_counter(CounterID);
    TickType now;

    if (CFG_EXTENDED_STATUS && status == E_OK &&
        *Value > cfg_counters[CounterID].base.maxallowedvalue)
        status = E_OS_VALUE;
    if (status == E_OK) {
        now = value_now(CounterID);
        *ElapsedValue = ticks_between(CounterID, *Value, now);
        *Value = now;
    }
    return error_report(status, OSServiceId_GetElapsedValue, CounterID, (uintptr_t)Value,
                        (uintptr_t)ElapsedValue);
}
