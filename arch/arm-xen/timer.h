/* SPDX-License-Identifier: Apache-2.0
 *
 * Start of the virtual timer. The kernel uses it through kernel/arch.h.
 */
#ifndef TIMER_H
#define TIMER_H

#include "dt.h"

/**
 * Find the virtual timer's interrupt and frequency (the device tree's, if it overrides the register: fact B4) and
 * bind the interrupt to the kernel, at CFG_TIMER_LEVEL, if the timer drives a counter.
 * @return the interrupt line; -ENODEV: no /timer node; -EINVAL: no frequency or interrupt
 */
int timer_init(const struct dt *dt);

#endif
