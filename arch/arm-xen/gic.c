/* SPDX-License-Identifier: Apache-2.0
 *
 * GICv2 (ARM IHI 0048B). Under Xen the distributor is emulated, each access a trap; the CPU interface is the real
 * virtual one and costs a device access (fact I1). Nesting is the GIC's own: while an interrupt is active only
 * higher levels are signalled.
 */
#include "gic.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>

#include <arch/irq.h>
#include <arch/mem.h>
#include <arch/mmio.h>

#include "irq_dispatch.h"
#include "kernel/arch.h"
#include "kernel/isr2.h"

#define GICD_CTLR          0x000
#define GICD_TYPER         0x004
#define GICD_ISENABLER(n)  (0x100 + 4 * ((n) / 32))
#define GICD_ICENABLER(n)  (0x180 + 4 * ((n) / 32))
#define GICD_IPRIORITYR(n) (0x400 + (n))
#define GICD_ITARGETSR(n)  (0x800 + (n))

#define GICC_CTLR 0x00
#define GICC_PMR  0x04
#define GICC_BPR  0x08
#define GICC_IAR  0x0c
#define GICC_EOIR 0x10

#define IAR_LINE         0x3ffu
#define FIRST_SPECIAL    1020u /* from here on nothing was acknowledged, so nothing ends (I1) */
#define PMR_ALL          0xffu
#define FIRST_PPI        16u
#define FIRST_SPI        32u
#define LINE_LIMIT       256u /* Allwinner's SoCs have 160 */
#define SLOT_LIMIT       16u
#define SLOT_UNBOUND     0u
#define DT_INTERRUPT_SPI 0u
#define DT_INTERRUPT_PPI 1u

struct slot {
    void (*handler)(void);
    enum irq_category category;
};

static uint8_t *cpu_interface; /* first: the hot path loads it */
static uint8_t *distributor;
static uint32_t spurious;
static unsigned int slots_used = SLOT_UNBOUND + 1;
static uint8_t line_slot[LINE_LIMIT]; /* line -> slot, SLOT_UNBOUND = nobody */
static struct slot slots[SLOT_LIMIT];
static struct gic_info info;

static void run_isr2(void (*handler)(void))
{
    os_isr2_enter();
    arch_irq_enable();
    handler();
    arch_irq_disable();
}

/* Nobody's interrupt: seen to only so that it can neither come again nor hold up lower levels. */
static void turn_away(uint8_t *gicc, uint32_t iar)
{
    const uint32_t line = iar & IAR_LINE;

    spurious++;
    if (line < FIRST_SPECIAL) {
        mmio_write32(distributor + GICD_ICENABLER(line), 1u << (line % 32));
        mmio_write32(gicc + GICC_EOIR, iar);
    }
}

bool irq_dispatch(void)
{
    uint8_t *const gicc = cpu_interface;
    const uint32_t iar = mmio_read32(gicc + GICC_IAR);
    const uint32_t line = iar & IAR_LINE;
    const struct slot *slot;

    if (line >= LINE_LIMIT || line_slot[line] == SLOT_UNBOUND) {
        turn_away(gicc, iar);
        return false;
    }
    slot = &slots[line_slot[line]];
    if (slot->category == IRQ_ISR1) {
        slot->handler();
        mmio_write32(gicc + GICC_EOIR, iar);
        return false;
    }
    run_isr2(slot->handler);
    mmio_write32(gicc + GICC_EOIR, iar);
    return os_isr2_exit();
}

int irq_bind(unsigned int line, void (*handler)(void), unsigned int level,
             enum irq_category category)
{
    const unsigned int lowest = 31u << 3;

    if (line < FIRST_PPI || line >= info.lines || level < 1 || level > IRQ_LEVELS) {
        return -EINVAL;
    }
    if (line_slot[line] != SLOT_UNBOUND) {
        return -EBUSY;
    }
    if (slots_used == SLOT_LIMIT) {
        return -ENOSPC;
    }
    slots[slots_used] = (struct slot){.handler = handler, .category = category};
    line_slot[line] = (uint8_t)slots_used++;
    mmio_write8(distributor + GICD_IPRIORITYR(line), (uint8_t)(lowest - (level << 3)));
    if (line >= FIRST_SPI) {
        mmio_write8(distributor + GICD_ITARGETSR(line),
                    1); /* this CPU; level-triggered is the reset state */
    }
    mmio_write32(distributor + GICD_ISENABLER(line), 1u << (line % 32));
    return 0;
}

uint32_t irq_spurious_count(void)
{
    return spurious;
}

static int find_node(const struct dt *dt)
{
    static const char *const compatible[] = {"arm,cortex-a15-gic", "arm,gic-400",
                                             "arm,cortex-a7-gic"};

    for (size_t i = 0; i < sizeof(compatible) / sizeof(compatible[0]); i++) {
        const int node = dt_find_compatible(dt, -1, compatible[i]);

        if (node >= 0) {
            return node;
        }
    }
    return -ENODEV;
}

int gic_init(const struct dt *dt)
{
    const int node = find_node(dt);
    uint64_t size;
    unsigned int implemented;

    if (node < 0) {
        return node;
    }
    if (dt_reg(dt, node, 0, &info.distributor, &size) != 0 ||
        dt_reg(dt, node, 1, &info.cpu_interface, &size) != 0) {
        return -EINVAL;
    }
    distributor = mem_map(info.distributor, PAGE_SIZE, MEM_DEVICE);
    cpu_interface = mem_map(info.cpu_interface, PAGE_SIZE, MEM_DEVICE);
    if (distributor == NULL || cpu_interface == NULL) {
        return -EINVAL;
    }
    implemented = 32 * ((mmio_read32(distributor + GICD_TYPER) & 0x1f) + 1);
    info.lines = implemented < LINE_LIMIT ? implemented : LINE_LIMIT;
    for (unsigned int line = 0; line < info.lines; line += 32) {
        mmio_write32(distributor + GICD_ICENABLER(line), UINT32_MAX); /* what a loader left on */
    }
    mmio_write32(distributor + GICD_CTLR, 1);
    mmio_write32(cpu_interface + GICC_BPR, 0);
    mmio_write32(cpu_interface + GICC_PMR, PMR_ALL);
    mmio_write32(cpu_interface + GICC_CTLR, 1);
    return 0;
}

int gic_dt_line(const struct dt *dt, int node, unsigned int index)
{
    uint32_t type;
    uint32_t number;

    if (dt_prop_u32(dt, node, "interrupts", 3 * index, &type) != 0 ||
        dt_prop_u32(dt, node, "interrupts", 3 * index + 1, &number) != 0) {
        return -EINVAL;
    }
    if (type == DT_INTERRUPT_PPI && number < FIRST_SPI - FIRST_PPI) {
        return (int)(FIRST_PPI + number);
    }
    if (type == DT_INTERRUPT_SPI && number < LINE_LIMIT - FIRST_SPI) {
        return (int)(FIRST_SPI + number);
    }
    return -EINVAL;
}

const struct gic_info *gic_info(void)
{
    return &info;
}
