/* SPDX-License-Identifier: Apache-2.0
 *
 * Interrupts by a GIC of either kind (gic_kind.h): which line leads to which handler, and what may interrupt what.
 * Under Xen the distributor is emulated, each access a trap (fact I1). Nesting is the GIC's own: while an interrupt is
 * active only higher levels are signalled.
 */
#include "gic.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>

#include <arch/irq.h>
#include <arch/mem.h>
#include <arch/mmio.h>

#include "gic_cpu.h"
#include "gic_kind.h"
#include "irq_dispatch.h"
#include "kernel/arch.h"
#include "kernel/isr2.h"

#define GICD_TYPER         0x004
#define GICD_ISENABLER(n)  (0x100 + 4 * ((n) / 32))
#define GICD_ICENABLER(n)  (0x180 + 4 * ((n) / 32))
#define GICD_ISPENDR(n)    (0x200 + 4 * ((n) / 32))
#define GICD_IPRIORITYR(n) (0x400 + (n))

#define IAR_LINE         0x3ffu
#define FIRST_SPECIAL    1020u /* from here on nothing was acknowledged, so nothing ends (I1) */
#define FIRST_PPI        16u
#define LINE_LIMIT       256u /* Allwinner's SoCs have 160 */
#define SLOT_UNBOUND     0u
#define SLOT_LIMIT       (CFG_ISR_COUNT + 16u) /* the application's, and what drivers may need */
#define DT_INTERRUPT_SPI 0u
#define DT_INTERRUPT_PPI 1u

struct slot {
    const struct os_isr *isr;
    enum irq_category category;
};

_Static_assert(SLOT_LIMIT <= UINT8_MAX, "at most 239 ISRs");

static struct gic gic; /* first: the hot path loads its first word */
static const struct gic_kind *kind;
static unsigned int masked_level; /* by arch_level_raise() */
static uint32_t spurious;
static unsigned int slots_used = SLOT_UNBOUND + 1;
static uint8_t line_slot[LINE_LIMIT]; /* line -> slot, SLOT_UNBOUND = nobody */
static struct slot slots[SLOT_LIMIT];
static struct gic_info info;

/* Five bits, of which 0 is the most urgent. As a mask it lets only the levels above through. */
static uint32_t priority_of(unsigned int level)
{
    return (31u - level) << 3;
}

static uint8_t *registers_of(unsigned int line)
{
    return line < GIC_FIRST_SPI ? gic.own_lines : gic.distributor;
}

static void disable(unsigned int line, uint32_t mask)
{
    mmio_write32(registers_of(line) + GICD_ICENABLER(line), mask);
}

/* Nobody's interrupt: seen to only so that it can neither come again nor hold up lower levels. While levels are masked
 * it may be one of theirs, which was on its way to the CPU when the mask changed: it comes again later. */
static void turn_away(uint8_t *gicc, uint32_t iar)
{
    const uint32_t line = iar & IAR_LINE;

    spurious += line < FIRST_SPECIAL || masked_level == 0;
    if (line < FIRST_SPECIAL) {
        disable(line, 1u << (line % 32));
        gic_end(gicc, iar);
    }
}

/* Category 1: the kernel does not know of it. It has no floating point, whoever was interrupted. */
static void run_isr1(const struct os_isr *isr)
{
    const bool fpu = CFG_FPU && arch_fpu_is_enabled();

    if (fpu) {
        arch_fpu_enable(false);
    }
    isr->handler();
    if (fpu) {
        arch_fpu_enable(true);
    }
}

bool irq_dispatch(void)
{
    uint8_t *const gicc = gic.cpu;
    const uint32_t iar = gic_acknowledge(gicc);
    const uint32_t line = iar & IAR_LINE;
    const struct os_isr *isr;
    const struct slot *slot;
    struct isr2_outer outer;

    if (line >= LINE_LIMIT || line_slot[line] == SLOT_UNBOUND) {
        turn_away(gicc, iar);
        return false;
    }
    slot = &slots[line_slot[line]];
    isr = slot->isr;
    if (slot->category == IRQ_ISR1) {
        run_isr1(isr);
        gic_end(gicc, iar);
        return false;
    }
    outer = os_isr2_enter(isr);
    arch_irq_enable();
    isr->handler();
    arch_irq_disable();
    gic_end(gicc, iar);
    return os_isr2_exit(isr, outer);
}

static void mask(unsigned int level)
{
    masked_level = level;
    gic_set_mask(gic.cpu, priority_of(level));
}

unsigned int arch_level_raise(unsigned int level)
{
    const unsigned int was = masked_level;

    if (level > was) {
        mask(level);
    }
    return was;
}

void arch_level_restore(unsigned int was)
{
    if (was != masked_level) {
        mask(was);
    }
}

int irq_bind(unsigned int line, const struct os_isr *isr, enum irq_category category)
{
    if (line < FIRST_PPI || line >= info.lines || isr->level < 1 || isr->level > IRQ_LEVELS) {
        return -EINVAL;
    }
    if (line_slot[line] != SLOT_UNBOUND) {
        return -EBUSY;
    }
    if (slots_used == SLOT_LIMIT) {
        return -ENOSPC;
    }
    slots[slots_used] = (struct slot){.isr = isr, .category = category};
    line_slot[line] = (uint8_t)slots_used++;
    mmio_write8(registers_of(line) + GICD_IPRIORITYR(line), (uint8_t)priority_of(isr->level));
    if (line >= GIC_FIRST_SPI) {
        kind->route(&gic, line); /* level-triggered is the reset state */
    }
    mmio_write32(registers_of(line) + GICD_ISENABLER(line), 1u << (line % 32));
    return 0;
}

void irq_pend(unsigned int line)
{
    mmio_write32(registers_of(line) + GICD_ISPENDR(line), 1u << (line % 32));
    __asm__ volatile("dsb\n\tisb" : : : "memory");
}

uint32_t irq_spurious_count(void)
{
    return spurious;
}

/* The first kind that the device tree has. @return its node; -ENODEV: neither. */
static int find(const struct dt *dt)
{
    static const struct gic_kind *const kinds[] = {&gicv2, &gicv3};

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        kind = kinds[i];
        for (const char *const *name = kind->compatible; *name != NULL; name++) {
            const int node = dt_find_compatible(dt, -1, *name);

            if (node >= 0) {
                return node;
            }
        }
    }
    return -ENODEV;
}

static int open(const struct dt *dt, int node)
{
    if (dt_reg(dt, node, 0, &info.distributor, NULL) != 0 ||
        dt_reg(dt, node, 1, &info.per_cpu, NULL) != 0) {
        return -EINVAL;
    }
    gic.distributor = mem_map(info.distributor, kind->distributor_bytes, MEM_DEVICE);
    return gic.distributor == NULL ? -EINVAL : kind->open(&gic, info.per_cpu);
}

int gic_init(const struct dt *dt)
{
    const int node = find(dt);
    const int error = node < 0 ? node : open(dt, node);
    unsigned int implemented;

    if (error != 0) {
        return error;
    }
    implemented = 32 * ((mmio_read32(gic.distributor + GICD_TYPER) & 0x1f) + 1);
    info.version = kind->version;
    info.lines = implemented < LINE_LIMIT ? implemented : LINE_LIMIT;
    for (unsigned int line = 0; line < info.lines; line += 32) {
        disable(line, UINT32_MAX); /* what a loader left on */
    }
    mask(0);
    kind->start(&gic, info.lines);
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
    if (type == DT_INTERRUPT_PPI && number < GIC_FIRST_SPI - FIRST_PPI) {
        return (int)(FIRST_PPI + number);
    }
    if (type == DT_INTERRUPT_SPI && number < LINE_LIMIT - GIC_FIRST_SPI) {
        return (int)(GIC_FIRST_SPI + number);
    }
    return -EINVAL;
}

const struct gic_info *gic_info(void)
{
    return &info;
}
