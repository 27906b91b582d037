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
    uint8_t hook;       /* enum context of the hook that runs, 0 = none */
    uint8_t mode;       /* application mode */
    const struct task_cfg *running; /* NULL = none; it stays at the head of its ready queue */
    void *sp;                       /* where arch_task_leave() ends the running task */
};
extern struct os os;

#endif
