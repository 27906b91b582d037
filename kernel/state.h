/* SPDX-License-Identifier: Apache-2.0
 *
 * The kernel's state that every service needs, in one place so that one base register reaches it.
 * Written with interrupts masked, except where said otherwise.
 */
#ifndef KERNEL_STATE_H
#define KERNEL_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "cfg.h"

struct os {
    uint32_t ready_map; /* bit p: priority p has an activation, or a group of 32 has one: ready.h;
                           bit 0 (idle's) is always set */
    uint8_t prio;       /* of what runs, now: a task's, 0 = idle's, PRIO_ISR2. Written unmasked too:
                           resource.c */
    uint8_t hook;       /* the hooks that run, as bits of enum context: ErrorHook inside another */
    uint8_t mode;       /* application mode */
    const struct task_cfg *running; /* NULL = none; it stays at the head of its ready queue */
    const struct os_isr *isr; /* the innermost category 2 interrupt; only if CFG_ISR_TRACKING */
    void *sp;                 /* the dispatcher's that runs the running task: sched.c */
    uint8_t prio_before[CFG_RESOURCE_COUNT + 1u]; /* by taken resource: what releasing it puts back;
                                                     one too many, because C has no empty array */
};

/* A category 2 interrupt outranks all tasks: so nothing that it makes ready runs before it ends (OSEK
 * 6), and nobody has to ask whether one runs. */
#define PRIO_ISR2 255u

/* Whether os.isr is kept: extended status checks with it, resources of ISR2s need its level. */
#define CFG_ISR_TRACKING (CFG_EXTENDED_STATUS || CFG_ISR_RESOURCES)

extern struct os os;

static inline bool state_in_isr2(void)
{
    return os.prio == PRIO_ISR2;
}

#endif
