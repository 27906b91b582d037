/* SPDX-License-Identifier: Apache-2.0
 *
 * Start of the interrupt controller. Drivers use <arch/irq.h>.
 */
#ifndef GIC_H
#define GIC_H

#include "dt.h"

/**
 * Find the GICv2 in the device tree, map it and turn it on. Its addresses follow Xen's version (fact B3).
 * @return 0; -ENODEV: no GICv2 node (on a GICv3 host the guest gets a GICv3: fact L12); -EINVAL: node damaged.
 */
int gic_init(const struct dt *dt);

/** The interrupt number in entry `index` of a node's `interrupts` (3 cells: type, number, flags), or -EINVAL. */
int gic_dt_line(const struct dt *dt, int node, unsigned int index);

/** Where the controller was found, for the boot banner. */
struct gic_info {
    uint64_t distributor;
    uint64_t cpu_interface;
    unsigned int lines;
};
const struct gic_info *gic_info(void);

#endif
