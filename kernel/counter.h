/* SPDX-License-Identifier: Apache-2.0
 *
 * Counters: a 64-bit number of ticks since StartOS(), of which applications see the value modulo
 * maxallowedvalue + 1, and a queue of the alarms that wait for a tick. Counters with an id below
 * CFG_TIMER_COUNTER_COUNT follow the machine's timer, the others IncrementCounter().
 * Interrupts masked.
 */
#ifndef KERNEL_COUNTER_H
#define KERNEL_COUNTER_H

#include "lib/pqueue.h"

#include "cfg.h"
#include "reciprocal.h"

struct counter {
    struct pqueue alarms; /* alarm ids under the tick that they are due at */
    struct reciprocal wrap;
    uint64_t ticks; /* only where no timer drives it */
};
extern struct counter os_counters[];

/** All counters at 0, no alarm armed, the timer stopped. */
void counter_init(void);

/** Ticks since StartOS(). */
uint64_t counter_ticks(CounterType id);

/** What the counter shows when `ticks` have passed: 0 .. maxallowedvalue. */
TickType counter_value(CounterType id, uint64_t ticks);

/** Queue an alarm, or move it; the timer follows. */
void counter_arm(CounterType id, AlarmType alarm, uint64_t due);

/** Take an alarm out of the queue. @return false: it was not there */
bool counter_disarm(CounterType id, AlarmType alarm);

#endif
