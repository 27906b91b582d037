/* SPDX-License-Identifier: Apache-2.0
 *
 * What counter.c and start.c ask of schedtable.c. Interrupts masked.
 */
#ifndef KERNEL_SCHEDTABLE_H
#define KERNEL_SCHEDTABLE_H

#include "lib/pqueue.h"

#include "cfg.h"

/** All stopped, no round lost yet. */
void schedtable_init(void);

/** Start the tables that start by themselves in a mode. */
void schedtable_autostart(AppModeType mode);

/** The first item of a queue is a table's, due before the entry `limit`: queue what comes after this
 *  point of its round, then act. */
void schedtable_expire(struct pqueue *queue, ScheduleTableType id, uint64_t limit);

#endif
