/* SPDX-License-Identifier: Apache-2.0
 *
 * What the rest of the kernel asks of tasks, whatever their kind. Interrupts masked.
 */
#ifndef KERNEL_TASK_H
#define KERNEL_TASK_H

#include "event.h"
#include "ready.h"

/** Whether the task is not SUSPENDED. */
static inline bool task_is_alive(TaskType id)
{
    return ready_contains(id) || event_is_waiting(id);
}

/** Whether one more activation of the task would be too many. */
static inline bool task_is_full(TaskType id)
{
    if (!CFG_MULTIPLE_ACTIVATIONS)
        return task_is_alive(id);
    return os_activations[id] >= cfg_tasks[id].max_activations;
}

/** Make a task ready once more, which must not be too many. OSEK 13.2.3.1 */
static inline void task_activate(TaskType id)
{
    event_clear_all(id);
    ready_push(id);
}

#endif
