/* SPDX-License-Identifier: Apache-2.0
 *
 * Start of the interrupt controller. Drivers use <arch/irq.h>.
 */
#ifndef GIC_H
#define GIC_H

#include "dt.h"

/**
 * Find the controller in the device tree, a GICv2 or a GICv3, map it and turn it on. A guest has the kind that its host
 * has (fact L12), at addresses that follow Xen's version (fact B3).
 * @return 0; -ENODEV: neither kind there; -EINVAL: node damaged; -ENOSYS: a GICv3, and this CPU lacks its system
 * registers (ID_PFR1); -ETIMEDOUT: it does not wake up
 */
int gic_init(const struct dt *dt);

/** The interrupt number in entry `index` of a node's `interrupts` (3 cells: type, number, flags), or -EINVAL. */
int gic_dt_line(const struct dt *dt, int node, unsigned int index);

/** Where the controller was found, for the boot banner. */
struct gic_info {
    unsigned int version; /* 2 or 3 */
    uint64_t distributor;
    uint64_t per_cpu; /* GICv2: the CPU interface; GICv3: the redistributors */
    unsigned int lines;
};
const struct gic_info *gic_info(void);

#endif
