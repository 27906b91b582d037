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
#define LINE_LIMIT       256u                  /* Allwinner's SoCs have 160 */
#define SLOT_LIMIT       (CFG_ISR_COUNT + 16u) /* the application's, and what drivers may need */
#define DT_INTERRUPT_SPI 0u
#define DT_INTERRUPT_PPI 1u

_Static_assert(SLOT_LIMIT <= UINT8_MAX, "at most 239 ISRs");

/* What is on the way from an interrupt to its handler, in one place so that one base register reaches it. */
static struct {
    struct gic gic;
    /* of a category 2 ISR; of a category 1 ISR, negative; 0 = nobody */
    int16_t slot_of_line[LINE_LIMIT];
    const struct os_isr *slots[SLOT_LIMIT];
} irq;

static const struct gic_kind *kind;
static unsigned int masked_level; /* by arch_level_raise() */
static uint32_t spurious;
static int slots_used = 1;
static struct gic_info info;

/* Five bits, of which 0 is the most urgent. As a mask it lets only the levels above through. */
static uint32_t priority_of(unsigned int level)
{
    return (31u - level) << 3;
}

static uint8_t *registers_of(unsigned int line)
{
    return line < GIC_FIRST_SPI ? irq.gic.own_lines : irq.gic.distributor;
}

static void disable(unsigned int line, uint32_t mask)
{
    mmio_write32(registers_of(line) + GICD_ICENABLER(line), mask);
}

/* Nobody's interrupt: seen to only so that it can neither come again nor hold up lower levels. While levels are masked
 * it may be one of theirs, which was on its way to the CPU when the mask changed: it comes again later. */
static void turn_away(uint8_t *gicc, uint32_t iar, uint32_t line)
{
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

/* Not of category 2. Apart, so that what it needs does not stand in the other one's way. */
static __attribute__((noinline)) void dispatch_other(uint8_t *gicc, uint32_t iar, int slot)
{
    if (slot == 0) {
        turn_away(gicc, iar, iar & IAR_LINE);
        return;
    }
    run_isr1(irq.slots[-slot]);
    gic_end(gicc, iar);
}

bool irq_dispatch(void)
{
    uint8_t *const gicc = irq.gic.cpu;
    const uint32_t iar = gic_acknowledge(gicc);
    const uint32_t line = iar & IAR_LINE;
    const int slot = line < LINE_LIMIT ? irq.slot_of_line[line] : 0;
    const struct os_isr *isr;
    struct isr2_outer outer;

    if (slot <= 0) {
        dispatch_other(gicc, iar, slot);
        return false;
    }
    isr = irq.slots[slot];
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
    gic_set_mask(irq.gic.cpu, priority_of(level));
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
    if (irq.slot_of_line[line] != 0) {
        return -EBUSY;
    }
    if (slots_used == (int)SLOT_LIMIT) {
        return -ENOSPC;
    }
    irq.slots[slots_used] = isr;
    irq.slot_of_line[line] = (int16_t)(category == IRQ_ISR2 ? slots_used : -slots_used);
    slots_used++;
    mmio_write8(registers_of(line) + GICD_IPRIORITYR(line), (uint8_t)priority_of(isr->level));
    if (line >= GIC_FIRST_SPI) {
        kind->route(&irq.gic, line); /* level-triggered is the reset state */
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
    irq.gic.distributor = mem_map(info.distributor, kind->distributor_bytes, MEM_DEVICE);
    return irq.gic.distributor == NULL ? -EINVAL : kind->open(&irq.gic, info.per_cpu);
}

int gic_init(const struct dt *dt)
{
    const int node = find(dt);
    const int error = node < 0 ? node : open(dt, node);
    unsigned int implemented;

    if (error != 0) {
        return error;
    }
    implemented = 32 * ((mmio_read32(irq.gic.distributor + GICD_TYPER) & 0x1f) + 1);
    info.version = kind->version;
    info.lines = implemented < LINE_LIMIT ? implemented : LINE_LIMIT;
    for (unsigned int line = 0; line < info.lines; line += 32) {
        disable(line, UINT32_MAX); /* what a loader left on */
    }
    mask(0);
    kind->start(&irq.gic, info.lines);
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
