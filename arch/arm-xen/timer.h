/* SPDX-License-Identifier: Apache-2.0
 *
 * Start of the virtual timer. The kernel uses it through kernel/arch.h.
 */
#ifndef TIMER_H
#define TIMER_H

#include "dt.h"

/**
 * Find the virtual timer's interrupt and frequency (the device tree's, if it overrides the register: fact B4) and
 * bind the interrupt at `level` (1 .. IRQ_LEVELS).
 * @return the interrupt line; -ENODEV: no /timer node; -EINVAL: no frequency or interrupt
 */
int timer_init(const struct dt *dt, unsigned int level);

#endif
