/* SPDX-License-Identifier: Apache-2.0
 *
 * GICv3 (ARM IHI 0069), which Xen gives to the guests of a host that has one (fact L12). We are its group 1, and all
 * lines from 32 on go by affinity. Registers of 64 bits are accessed as halves: Xen takes those, and could not emulate
 * the instruction that does both (fact I1).
 */
#include <errno.h>
#include <stdbool.h>

#include <arch/mem.h>
#include <arch/mmio.h>

#include "gic_cpu.h"
#include "gic_kind.h"

#define GICD_CTLR_GROUP1 (1u << 1)
#define GICD_CTLR_ARE    (1u << 4) /* affinity routing */
#define GICD_CTLR_RWP    (1u << 31)
#define GICD_IROUTER(n)  (0x6000 + 8 * (n))
#define GICX_IGROUPR(n)  (0x080 + 4 * ((n) / 32)) /* of distributor and redistributor */

#define GICR_WAKER           0x0014
#define GICR_WAKER_SLEEP     (1u << 1)
#define GICR_WAKER_IS_ASLEEP (1u << 2)
#define GICR_LINES           0x10000 /* the frame of lines below 32 */

#define ID_PFR1_GIC(id)    ((id) >> 28) /* 0: no system registers */
#define ICC_SRE_ENABLE     1u
#define ICC_IGRPEN1_ENABLE 1u
#define MPIDR_AFFINITY     0xffffffu
#define PATIENCE           1000000u /* reads of a register: it answers at once, or is broken */

static bool has_system_registers(void)
{
    uint32_t id;

    __asm__("mrc p15, 0, %0, c0, c1, 1" : "=r"(id)); /* ID_PFR1 */
    return ID_PFR1_GIC(id) != 0;
}

static uint32_t this_cpu(void)
{
    uint32_t mpidr;

    __asm__("mrc p15, 0, %0, c0, c0, 5" : "=r"(mpidr));
    return mpidr & MPIDR_AFFINITY;
}

static int wait_clear(const uint8_t *reg, uint32_t bit)
{
    for (unsigned int i = 0; i < PATIENCE; i++) {
        if ((mmio_read32(reg) & bit) == 0) {
            return 0;
        }
    }
    return -ETIMEDOUT;
}

/* The first redistributor is the first CPU's, where we run. Xen's never sleep. */
static int wake(uint8_t *gicr)
{
    mmio_write32(gicr + GICR_WAKER, mmio_read32(gicr + GICR_WAKER) & ~GICR_WAKER_SLEEP);
    return wait_clear(gicr + GICR_WAKER, GICR_WAKER_IS_ASLEEP);
}

/* While no group is enabled, as it must be for a change of the routing. */
static int route_by_affinity(uint8_t *gicd)
{
    mmio_write32(gicd + GICD_CTLR, GICD_CTLR_ARE);
    return wait_clear(gicd + GICD_CTLR, GICD_CTLR_RWP);
}

static int open(struct gic *gic, uint64_t per_cpu)
{
    uint8_t *const gicr = mem_map(per_cpu, PAGE_SIZE, MEM_DEVICE);
    int error;

    gic->own_lines = mem_map(per_cpu + GICR_LINES, PAGE_SIZE, MEM_DEVICE);
    if (gicr == NULL || gic->own_lines == NULL) {
        return -EINVAL;
    }
    if (!has_system_registers()) {
        return -ENOSYS;
    }
    ICC_WRITE(ICC_SRE, ICC_SRE_ENABLE); /* before any other of them */
    error = wake(gicr);
    return error != 0 ? error : route_by_affinity(gic->distributor);
}

static void start(const struct gic *gic, unsigned int lines)
{
    mmio_write32(gic->own_lines + GICX_IGROUPR(0), UINT32_MAX);
    for (unsigned int line = GIC_FIRST_SPI; line < lines; line += 32) {
        mmio_write32(gic->distributor + GICX_IGROUPR(line), UINT32_MAX);
    }
    mmio_write32(gic->distributor + GICD_CTLR, GICD_CTLR_ARE | GICD_CTLR_GROUP1);
    ICC_WRITE(ICC_CTLR, 0); /* one write ends an interrupt */
    ICC_WRITE(ICC_BPR1, 0); /* the least that there is: every level is one of its own */
    ICC_WRITE(ICC_IGRPEN1, ICC_IGRPEN1_ENABLE);
}

static void route(const struct gic *gic, unsigned int line)
{
    mmio_write32(gic->distributor + GICD_IROUTER(line), this_cpu());
    mmio_write32(gic->distributor + GICD_IROUTER(line) + 4, 0);
}

const struct gic_kind gicv3 = {
    .version = 3,
    .compatible = {"arm,gic-v3"},
    .distributor_bytes = GICD_IROUTER(1024),
    .open = open,
    .start = start,
    .route = route,
};
