/* SPDX-License-Identifier: Apache-2.0
 *
 * GICv2 (ARM IHI 0048B). Under Xen the CPU interface is the real virtual one: a device access, and no trap (fact I1).
 */
#include <errno.h>

#include <arch/mem.h>
#include <arch/mmio.h>

#include "gic_cpu.h"
#include "gic_kind.h"

#define GICD_ITARGETSR(n) (0x800 + (n))
#define GICD_ENABLE       1u
#define GICC_ENABLE       1u
#define THIS_CPU          1u

static int open(struct gic *gic, uint64_t per_cpu)
{
    gic->own_lines = gic->distributor;
    gic->cpu = mem_map(per_cpu, PAGE_SIZE, MEM_DEVICE);
    return gic->cpu == NULL ? -EINVAL : 0;
}

static void start(const struct gic *gic, unsigned int lines)
{
    (void)lines;
    mmio_write32(gic->distributor + GICD_CTLR, GICD_ENABLE);
    mmio_write32(gic->cpu + GICC_BPR, 0);
    mmio_write32(gic->cpu + GICC_CTLR, GICC_ENABLE);
}

static void route(const struct gic *gic, unsigned int line)
{
    mmio_write8(gic->distributor + GICD_ITARGETSR(line), THIS_CPU);
}

const struct gic_kind gicv2 = {
    .version = 2,
    .compatible = {"arm,cortex-a15-gic", "arm,gic-400", "arm,cortex-a7-gic"},
    .distributor_bytes = PAGE_SIZE,
    .open = open,
    .start = start,
    .route = route,
};
