/* SPDX-License-Identifier: Apache-2.0
 *
 * Extended tasks' state: which events are set, which one is waited for, and the context of a task
 * that waits (OSEK 7). Their ids come first, so it is indexed by id. Costs nothing where there is
 * no extended task. Interrupts masked.
 */
#ifndef KERNEL_EVENT_H
#define KERNEL_EVENT_H

#include <stdbool.h>
#include <stddef.h>

#include "cfg.h"

struct extended {
    EventMaskType set;
    EventMaskType awaited; /* while it waits */
    bool waiting;
    void *context; /* where the task has waited, until it goes on; NULL = it did not */
};
extern struct extended os_extended[];

/** No event set, nobody waits. */
void event_init(void);

/** Set events of an extended task that is not SUSPENDED. @return true: it has waited for one, and is
 *  READY now */
bool event_set(TaskType id, EventMaskType mask);

static inline bool event_is_extended(TaskType id)
{
    return cfg_has(id, CFG_EXTENDED_COUNT);
}

static inline bool event_is_waiting(TaskType id)
{
    return event_is_extended(id) && os_extended[id].waiting;
}

/** A task is activated: OSEK 13.2.3.1, its events are cleared. */
static inline void event_clear_all(TaskType id)
{
    if (event_is_extended(id))
        os_extended[id].set = 0;
}

/** Whether a ready task has waited, and so has been started already. */
static inline bool event_has_context(const struct task_cfg *task)
{
    return event_is_extended(task->id) && os_extended[task->id].context != NULL;
}

/** The context of a task that has one and is about to go on. */
static inline void *event_take_context(const struct task_cfg *task)
{
    struct extended *const extended = &os_extended[task->id];
    void *const context = extended->context;

    extended->context = NULL;
    return context;
}

#endif
