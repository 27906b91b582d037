/* SPDX-License-Identifier: Apache-2.0
 *
 * What counter.c and start.c ask of alarm.c. Interrupts masked.
 */
#ifndef KERNEL_ALARM_H
#define KERNEL_ALARM_H

#include "action.h"
#include "cfg.h"
#include "counter.h"

struct alarm {
    TickType cycle; /* 0 = once */
    uint32_t lost;  /* expiries that came and went while the machine was held up */
};
extern struct alarm os_alarms[];

/** No expiry lost yet. */
void alarm_init(void);

/** Arm the alarms that start by themselves in a mode. OSEK 11.3 */
void alarm_autostart(AppModeType mode);

/** Queue the first alarm of a queue, a cyclic one, for the time that it is due at next: not before the
 *  entry `limit`. Whole cycles in between are lost, but the phase is kept. */
void alarm_queue_again(struct pqueue *queue, AlarmType id, uint64_t limit);

/** Let the first alarm of a queue expire, which is due before the entry `limit`: queue a cyclic one
 *  again, take out another, then act. Inline, because many may expire at once. */
static inline void alarm_expire(struct pqueue *queue, AlarmType id, uint64_t limit)
{
    if (os_alarms[id].cycle == 0)
        pqueue_remove(queue, 1);
    else
        alarm_queue_again(queue, id, limit);
    action_do(&cfg_alarms[id].action);
}

#endif
