/* SPDX-License-Identifier: Apache-2.0
 *
 * What counter.c and start.c ask of alarm.c. Interrupts masked.
 */
#ifndef KERNEL_ALARM_H
#define KERNEL_ALARM_H

#include "lib/pqueue.h"

#include "cfg.h"

/** No expiry lost yet. */
void alarm_init(void);

/** Arm the alarms that start by themselves in a mode. OSEK 11.3 */
void alarm_autostart(AppModeType mode);

/** Let the first alarm of a queue expire, which is due at tick `now` or before: queue a cyclic one
 *  again, take out another, then act. */
void alarm_expire(struct pqueue *queue, uint64_t now);

#endif
