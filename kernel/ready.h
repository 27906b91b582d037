/* SPDX-License-Identifier: Apache-2.0
 *
 * Which activation runs next: a bitmap of the priorities that have one, and per priority a FIFO of
 * activations across tasks (OSEK 4.3). All O(1). A task stays at the head of its FIFO from its
 * activation until it ends, also while it runs: so a preemption moves nothing, and a preempted task
 * is the oldest of its priority without further ado (OSEK 4.5).
 *
 * The bitmap of up to 32 priorities is one word, os.ready_map. Of more it has two levels: each group
 * of 32 priorities has a word of its own, and os.ready_map says which of these words are not 0.
 *
 * Interrupts masked, except ready_top().
 */
#ifndef KERNEL_READY_H
#define KERNEL_READY_H

#include <stdbool.h>

#include "arch.h"
#include "cfg.h"
#include "state.h"

#define READY_GROUPS (CFG_PRIO_COUNT > 32) /* the bitmap has two levels */
extern uint32_t os_ready_groups[];         /* only if so: priority p is bit p % 32 of word p / 32 */

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

/** The highest priority that has an activation; 0 = none.
 *
 *  With interrupts enabled, "above os.prio" must be asked again with interrupts masked, as
 *  sched_preempt() does; "not above" is right (resource.c). Two words do not change that: an interrupt
 *  between them ends with nothing above os.prio ready, so whatever they say together is then either
 *  true or denied by the second look. The group's word may be 0 by then, hence `| 1u`. */
static inline unsigned int ready_top(void)
{
    const unsigned int top = arch_highest_bit(os.ready_map);

    if (!READY_GROUPS)
        return top;
    return 32u * top + arch_highest_bit(os_ready_groups[top] | 1u);
}

/** The word that has the bit of a task's priority, and which bit of it that is. */
static inline uint32_t *ready_word(const struct task_cfg *task)
{
    return READY_GROUPS ? &os_ready_groups[task->prio / 32u] : &os.ready_map;
}

static inline unsigned int ready_bit(const struct task_cfg *task)
{
    return READY_GROUPS ? task->prio % 32u : task->prio;
}

static inline void ready_set(const struct task_cfg *task)
{
    *ready_word(task) |= 1u << ready_bit(task);
    if (READY_GROUPS)
        os.ready_map |= 1u << task->prio / 32u;
}

static inline void ready_clear(const struct task_cfg *task)
{
    uint32_t *const word = ready_word(task);

    *word &= ~(1u << ready_bit(task));
    if (READY_GROUPS && *word == 0)
        os.ready_map &= ~(1u << task->prio / 32u);
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
        return (*ready_word(&cfg_tasks[id]) >> ready_bit(&cfg_tasks[id]) & 1u) != 0;
    return os_activations[id] != 0;
}

static inline uint8_t ready_slot_after(const struct ready_cfg *cfg, unsigned int slot)
{
    return (uint8_t)(slot + 1u == cfg->size ? 0u : slot + 1u);
}

/** Put an activation into the slot behind the others of its priority. */
static inline void ready_append(const struct ready_cfg *cfg, struct ready_fifo *fifo, uint8_t id)
{
    const unsigned int slot = fifo->tail;

    cfg->slots[slot] = id;
    fifo->tail = ready_slot_after(cfg, slot);
}

/** Put an activation at the end of its priority's queue. */
static inline void ready_insert(TaskType id)
{
    const unsigned int prio = cfg_tasks[id].prio;

    ready_set(&cfg_tasks[id]);
    if (CFG_MULTIPLE_ACTIVATIONS)
        ready_append(&cfg_ready[prio], &os_ready_fifo[prio], (uint8_t)id);
}

/** Take the oldest activation of the task's priority, which must be this task's, out of its queue.
 */
static inline void ready_remove(const struct task_cfg *task)
{
    const unsigned int prio = task->prio;
    struct ready_fifo *fifo;
    unsigned int next;

    if (!CFG_MULTIPLE_ACTIVATIONS) {
        ready_clear(task);
        return;
    }
    fifo = &os_ready_fifo[prio];
    next = ready_slot_after(&cfg_ready[prio], fifo->head);
    fifo->head = (uint8_t)next;
    if (next == fifo->tail)
        ready_clear(task);
}

/** The running task's activation is over, and it is queued anew: it goes behind the others of its
 *  priority. */
static inline void ready_rotate(const struct task_cfg *task)
{
    const struct ready_cfg *cfg;
    struct ready_fifo *fifo;

    if (!CFG_MULTIPLE_ACTIVATIONS)
        return;
    cfg = &cfg_ready[task->prio];
    fifo = &os_ready_fifo[task->prio];
    ready_append(cfg, fifo, task->id);
    fifo->head = ready_slot_after(cfg, fifo->head);
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
        os_activations[task->id]--;
    ready_remove(task);
}

#endif
