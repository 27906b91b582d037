/* SPDX-License-Identifier: Apache-2.0
 *
 * The kernel's state that every service needs, in one place so that one base register reaches it.
 * Written with interrupts masked, except where said otherwise.
 */
#ifndef KERNEL_STATE_H
#define KERNEL_STATE_H

#include <stdint.h>

#include "cfg.h"

struct os {
    uint32_t ready_map; /* bit p: priority p has an activation; bit 0 (idle) is always set */
    uint8_t prio;       /* of the running task, now; 0 = idle. Written unmasked too: resource.c */
    uint8_t isr2_depth; /* category 2 interrupts that have begun and not ended */
    uint8_t hook;       /* the hooks that run, as bits of enum context: ErrorHook inside another */
    uint8_t mode;       /* application mode */
    const struct task_cfg *running; /* NULL = none; it stays at the head of its ready queue */
    const struct os_isr *isr; /* the innermost category 2 interrupt; only if CFG_ISR_TRACKING */
    void *sp;                 /* the dispatcher's that runs the running task: sched.c */
};

/* Whether os.isr is kept: extended status checks with it, resources of ISR2s need its level. */
#define CFG_ISR_TRACKING (CFG_EXTENDED_STATUS || CFG_ISR_RESOURCES)

extern struct os os;

#endif
