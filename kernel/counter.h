/* SPDX-License-Identifier: Apache-2.0
 *
 * Counters: a 64-bit number of ticks since StartOS(), of which applications see the value modulo
 * maxallowedvalue + 1, and a queue of the items that wait for a tick: alarms and schedule tables, by
 * the numbers that they have in cfg_counters[].items. Counters with an id below
 * CFG_TIMER_COUNTER_COUNT follow the machine's timer, the others IncrementCounter().
 * Interrupts masked.
 */
#ifndef KERNEL_COUNTER_H
#define KERNEL_COUNTER_H

#include "lib/pqueue.h"

#include "cfg.h"
#include "reciprocal.h"

struct counter {
    struct pqueue queue; /* items under the tick that they are due at */
    struct reciprocal wrap;
    uint64_t ticks; /* only where no timer drives it */
};
extern struct counter os_counters[];

/* An item's entry in its queue: the tick that it is due at, above its number. */
#define ITEM_BITS ((unsigned int)PQUEUE_ITEM_BITS(CFG_ALARM_COUNT + CFG_SCHEDTABLE_COUNT))

static inline uint64_t entry_of(unsigned int item, uint64_t due)
{
    return due << ITEM_BITS | item;
}

static inline unsigned int entry_item(uint64_t entry)
{
    return (unsigned int)entry & ((1u << ITEM_BITS) - 1u);
}

static inline uint64_t entry_due(uint64_t entry)
{
    return entry >> ITEM_BITS;
}

/** All counters at 0, nothing queued, the timer stopped. */
void counter_init(void);

/** Ticks since StartOS(). */
uint64_t counter_ticks(CounterType id);

/** What the counter shows when `ticks` have passed: 0 .. maxallowedvalue. */
TickType counter_value(CounterType id, uint64_t ticks);

/** The next tick, after now, at which the counter shows `value`. */
uint64_t counter_due_at(CounterType id, TickType value);

/** Queue an item that is not queued; the timer follows. */
void counter_arm(CounterType id, unsigned int item, uint64_t due);

/** Take an item out of the queue. @return false: it was not there */
bool counter_disarm(CounterType id, unsigned int item);

#endif
