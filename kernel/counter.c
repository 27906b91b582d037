/* SPDX-License-Identifier: Apache-2.0
 *
 * See counter.h. The timer is armed for the next tick that an alarm waits for and no other: there
 * is no tick interrupt.
 */
#include "counter.h"
#include "alarm.h"
#include "arch.h"
#include "context.h"
#include "error.h"
#include "sched.h"
#include "timebase.h"

/* One more than needed, because C has no empty array; unused ones are not linked. */
#define PLACES (CFG_ALARM_COUNT + CFG_COUNTER_COUNT + 1u)

struct counter os_counters[CFG_COUNTER_COUNT + 1u];
static struct timebase timebases[CFG_TIMER_COUNTER_COUNT + 1u];
static uint64_t epoch; /* the timer's count at StartOS() */

/* Storage of all alarm queues, cut up by cfg_counters[].first_place. */
static uint64_t queue_keys[PLACES];
static uint16_t queue_items[PLACES];
static uint16_t queue_places[CFG_ALARM_COUNT + 1u];

/* Whether the machine's timer drives the counter. */
static bool is_timed(CounterType id)
{
    return cfg_has(id, CFG_TIMER_COUNTER_COUNT);
}

static void init_one(CounterType id)
{
    const struct counter_cfg *cfg = &cfg_counters[id];
    struct counter *counter = &os_counters[id];

    counter->alarms = (struct pqueue){.keys = &queue_keys[cfg->first_place],
                                      .items = &queue_items[cfg->first_place],
                                      .places = queue_places,
                                      .capacity = cfg->alarm_count};
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

/* Arm the timer for the earliest alarm of all counters that it drives. */
static void timer_follow(void)
{
    uint64_t earliest = UINT64_MAX;
    uint64_t count;
    CounterType id;

    for (id = 0; id != CFG_TIMER_COUNTER_COUNT; id++) {
        if (pqueue_is_empty(&os_counters[id].alarms))
            continue;
        count = timebase_count(&timebases[id], pqueue_top_key(&os_counters[id].alarms));
        if (count < earliest)
            earliest = count;
    }
    if (earliest == UINT64_MAX)
        arch_timer_stop();
    else
        arch_timer_arm(epoch + earliest);
}

void counter_arm(CounterType id, AlarmType alarm, uint64_t due)
{
    struct pqueue *queue = &os_counters[id].alarms;

    (void)pqueue_set(queue, (uint16_t)alarm,
                     due); /* there is room for every alarm of the counter */
    if (is_timed(id) && pqueue_top(queue) == alarm)
        timer_follow();
}

bool counter_disarm(CounterType id, AlarmType alarm)
{
    struct pqueue *queue = &os_counters[id].alarms;
    bool first;

    if (!pqueue_contains(queue, (uint16_t)alarm))
        return false;
    first = pqueue_top(queue) == alarm;
    (void)pqueue_remove(queue, (uint16_t)alarm);
    if (is_timed(id) && first)
        timer_follow();
    return true;
}

/* Let all alarms expire that are due at tick `now`. Interrupts come through between two of them, so
 * the longest time masked is one alarm's. It ends: an alarm's next due tick is after `now`. */
static void expire_until(CounterType id, uint64_t now)
{
    struct pqueue *queue = &os_counters[id].alarms;

    while (!pqueue_is_empty(queue) && pqueue_top_key(queue) <= now) {
        alarm_expire(queue, now);
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

static StatusType check_increment(CounterType id)
{
    const StatusType status = context_check(CTX_WORKERS);

    if (!CFG_EXTENDED_STATUS || status != E_OK)
        return status;
    return is_timed(id) || !cfg_has(id, CFG_COUNTER_COUNT) ? E_OS_ID : E_OK;
}

/* AUTOSAR OS. Counts as an interrupt while alarms expire, so that all of them have acted before the
 * first of the tasks that they activate runs. */
StatusType IncrementCounter(CounterType CounterID)
{
    const StatusType status = check_increment(CounterID);
    arch_irq_t irq;

    if (status == E_OK) {
        irq = arch_irq_save();
        os.isr2_depth++;
        os_counters[CounterID].ticks++;
        expire_until(CounterID, os_counters[CounterID].ticks);
        os.isr2_depth--;
        sched_preempt();
        arch_irq_restore(irq);
    }
    return error_report(status, OSServiceId_IncrementCounter, CounterID, 0, 0);
}
