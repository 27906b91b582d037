/* SPDX-License-Identifier: Apache-2.0
 *
 * Which activation runs next: a bitmap of the priorities that have one, and per priority a FIFO of
 * activations across tasks (OSEK 4.3). All O(1). A task stays at the head of its FIFO from its
 * activation until it ends, also while it runs: so a preemption moves nothing, and a preempted task
 * is the oldest of its priority without further ado (OSEK 4.5).
 *
 * Interrupts masked, except ready_top().
 */
#ifndef KERNEL_READY_H
#define KERNEL_READY_H

#include <stdbool.h>

#include "arch.h"
#include "cfg.h"
#include "state.h"

/* Ring of one priority; its slots are cfg_ready[]'s. It is never asked to hold more than it can,
 * because each task's activations are counted; head == tail means empty after a removal. */
struct ready_fifo {
    uint8_t head; /* slot of the oldest */
    uint8_t tail; /* slot for the next */
};
extern struct ready_fifo os_ready_fifo[];
extern uint8_t os_activations[]; /* by task: not ended yet, the running one included */

/** All queues empty. */
void ready_init(void);

/** The highest priority that has an activation; 0 = none. */
static inline unsigned int ready_top(void)
{
    return arch_highest_bit(os.ready_map);
}

/** The oldest activation of a priority that has one. */
static inline const struct task_cfg *ready_head(unsigned int prio)
{
    if (!CFG_MULTIPLE_ACTIVATIONS)
        return cfg_prio_task[prio];
    return &cfg_tasks[cfg_ready[prio].slots[os_ready_fifo[prio].head]];
}

/** Whether the task has an activation that has not ended and, if !CFG_MULTIPLE_ACTIVATIONS, does not
 *  wait: task_is_alive() of task.h knows both. */
static inline bool ready_contains(TaskType id)
{
    if (!CFG_MULTIPLE_ACTIVATIONS)
        return (os.ready_map >> cfg_tasks[id].prio & 1u) != 0;
    return os_activations[id] != 0;
}

/** Put an activation at the end of its priority's queue. */
static inline void ready_insert(TaskType id)
{
    const unsigned int prio = cfg_tasks[id].prio;
    const struct ready_cfg *cfg;
    struct ready_fifo *fifo;
    unsigned int slot;

    os.ready_map |= 1u << prio;
    if (!CFG_MULTIPLE_ACTIVATIONS)
        return;
    cfg = &cfg_ready[prio];
    fifo = &os_ready_fifo[prio];
    slot = fifo->tail;
    cfg->slots[slot] = (uint8_t)id;
    fifo->tail = (uint8_t)(slot + 1u == cfg->size ? 0u : slot + 1u);
}

/** Take the oldest activation of the task's priority, which must be this task's, out of its queue.
 */
static inline void ready_remove(const struct task_cfg *task)
{
    const unsigned int prio = task->prio;
    struct ready_fifo *fifo;
    unsigned int next;

    if (!CFG_MULTIPLE_ACTIVATIONS) {
        os.ready_map &= ~(1u << prio);
        return;
    }
    fifo = &os_ready_fifo[prio];
    next = fifo->head + 1u == cfg_ready[prio].size ? 0u : fifo->head + 1u;
    fifo->head = (uint8_t)next;
    if (next == fifo->tail)
        os.ready_map &= ~(1u << prio);
}

/** Queue one more activation, which must not be too many. */
static inline void ready_push(TaskType id)
{
    if (CFG_MULTIPLE_ACTIVATIONS)
        os_activations[id]++;
    ready_insert(id);
}

/** The running task's activation is over. */
static inline void ready_pop(const struct task_cfg *task)
{
    if (CFG_MULTIPLE_ACTIVATIONS)
        os_activations[task - cfg_tasks]--;
    ready_remove(task);
}

#endif
