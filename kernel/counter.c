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
struct counter os_counters[CFG_COUNTER_COUNT + 1u];
static struct timebase timebases[CFG_TIMER_COUNTER_COUNT + 1u];
static uint64_t epoch; /* the timer's count at StartOS() */

/* Storage of all queues, cut up by cfg_counters[].first_entry. */
static uint64_t queue_entries[CFG_QUEUE_ENTRIES + 1u];

/* Whether the machine's timer drives the counter. */
static bool is_timed(CounterType id)
{
    return cfg_has(id, CFG_TIMER_COUNTER_COUNT);
}

static void init_one(CounterType id)
{
    const struct counter_cfg *cfg = &cfg_counters[id];
    struct counter *counter = &os_counters[id];

    pqueue_init(&counter->queue, &queue_entries[cfg->first_entry], cfg->item_count, ITEM_BITS);
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
    uint64_t first;
    uint64_t count;
    CounterType id;

    for (id = 0; id != CFG_TIMER_COUNTER_COUNT; id++) {
        first = pqueue_top(&os_counters[id].queue);
        if (first == PQUEUE_NONE)
            continue;
        count = timebase_count(&timebases[id], entry_due(first));
        if (count < earliest)
            earliest = count;
    }
    if (earliest == UINT64_MAX)
        arch_timer_stop();
    else
        arch_timer_arm(epoch + earliest);
}

void counter_arm(CounterType id, unsigned int item, uint64_t due)
{
    struct pqueue *queue = &os_counters[id].queue;

    pqueue_insert(queue, entry_of(item, due));
    if (is_timed(id) && entry_item(pqueue_top(queue)) == item)
        timer_follow();
}

bool counter_disarm(CounterType id, unsigned int item)
{
    struct pqueue *queue = &os_counters[id].queue;
    const unsigned int place = pqueue_find(queue, item);

    if (place == 0)
        return false;
    pqueue_remove(queue, place);
    if (is_timed(id) && place == 1)
        timer_follow();
    return true;
}

/* The only counter's items are all that there are, in the order of their ids: so no table is asked,
 * for 4 of about 90 instructions. */
static void expire_first(struct pqueue *queue, const uint16_t *items, uint64_t limit)
{
    const unsigned int item = entry_item(pqueue_top(queue));
    const unsigned int one = CFG_COUNTER_COUNT == 1 ? item : items[item];

    if (CFG_SCHEDTABLE_COUNT == 0 || cfg_has(one, CFG_ALARM_COUNT))
        alarm_expire(queue, one, limit);
    else
        schedtable_expire(queue, one - CFG_ALARM_COUNT, limit);
}

/* Let all items expire that are due at tick `now`. Interrupts come through between two of them, so
 * the longest time masked is one item's. It ends: what an alarm or a whole round of a schedule
 * table is due at next is after `now`. */
static void expire_until(CounterType id, uint64_t now)
{
    struct pqueue *const queue = &os_counters[id].queue;
    const uint16_t *const items = cfg_counters[id].items;
    const uint64_t limit = entry_of(0, now + 1);

    while (pqueue_top(queue) < limit) {
        expire_first(queue, items, limit);
        arch_irq_enable();
        arch_irq_disable();
    }
}

/* Ticks since StartOS(), where most probably the first item's have just passed. Of an empty queue
 * nothing is due, whatever this says. */
static uint64_t ticks_of_expiry(CounterType id)
{
    return timebase_ticks_near(&timebases[id], arch_timer_count() - epoch,
                               entry_due(pqueue_top(&os_counters[id].queue)));
}

void os_timer_expired(void)
{
    CounterType id;

    arch_irq_disable();
    for (id = 0; id != CFG_TIMER_COUNTER_COUNT; id++)
        expire_until(id, ticks_of_expiry(id));
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
