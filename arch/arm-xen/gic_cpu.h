/* SPDX-License-Identifier: Apache-2.0
 *
 * The CPU interface, as the way from an interrupt to its handler uses it: a GICv2 has registers in memory, a GICv3
 * system registers (ARM IHI 0069, AArch32 ones in c4 and c12). `gicc` is where the former are; NULL means the latter.
 * So the choice between them costs a comparison and no call.
 */
#ifndef GIC_CPU_H
#define GIC_CPU_H

#include <stddef.h>
#include <stdint.h>

#include <arch/mmio.h>

#define GICC_CTLR 0x00
#define GICC_PMR  0x04
#define GICC_BPR  0x08
#define GICC_IAR  0x0c
#define GICC_EOIR 0x10

#define ICC_PMR     "c4, c6, 0"
#define ICC_IAR1    "c12, c12, 0"
#define ICC_EOIR1   "c12, c12, 1"
#define ICC_BPR1    "c12, c12, 3"
#define ICC_CTLR    "c12, c12, 4"
#define ICC_SRE     "c12, c12, 5"
#define ICC_IGRPEN1 "c12, c12, 7"

/* isb: from here on the register's new value counts. */
#define ICC_WRITE(reg, value)                                                                      \
    __asm__ volatile("mcr p15, 0, %0, " reg "\n\tisb" : : "r"(value) : "memory")

/** Take the most urgent interrupt, whole: gic_end() wants all its bits (fact I1). */
static inline uint32_t gic_acknowledge(uint8_t *gicc)
{
    uint32_t iar;

    if (gicc != NULL) {
        return mmio_read32(gicc + GICC_IAR);
    }
    /* dsb: it is active before its handler touches the device. The read itself orders what `cpsie` lets through. */
    __asm__ volatile("mrc p15, 0, %0, " ICC_IAR1 "\n\tdsb" : "=r"(iar) : : "memory");
    return iar;
}

static inline void gic_end(uint8_t *gicc, uint32_t iar)
{
    if (gicc != NULL) {
        mmio_write32(gicc + GICC_EOIR, iar);
    } else {
        ICC_WRITE(ICC_EOIR1, iar);
    }
}

/** Only more urgent priorities interrupt, from the next instruction on. */
static inline void gic_set_mask(uint8_t *gicc, uint32_t priority)
{
    if (gicc != NULL) {
        mmio_write32(gicc + GICC_PMR, priority);
        (void)mmio_read32(gicc + GICC_PMR); /* it has reached the GIC */
    } else {
        ICC_WRITE(ICC_PMR, priority);
    }
    __asm__ volatile("dsb\n\tisb" : : : "memory");
}

#endif
