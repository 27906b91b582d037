/* SPDX-License-Identifier: Apache-2.0
 *
 * Between gic.c and the two kinds of controller, of which the device tree names one. Both have the same registers for
 * lines, in a distributor. Lines below 32 are each CPU's own: a GICv2 shows each CPU its own at the same addresses, a
 * GICv3 has them, at the same offsets, in a frame of the CPU's redistributor.
 */
#ifndef GIC_KIND_H
#define GIC_KIND_H

#include <stddef.h>
#include <stdint.h>

#define GICD_CTLR     0x000
#define GIC_FIRST_SPI 32u

/* Where its registers are. `cpu` is first because the hot path loads it. */
struct gic {
    uint8_t *cpu; /* the CPU interface; NULL: it has system registers (gic_cpu.h) */
    uint8_t *distributor;
    uint8_t *own_lines; /* lines below 32 */
};

struct gic_kind {
    unsigned int version;
    const char *compatible[4]; /* its names in device trees; NULL ends them */
    size_t distributor_bytes;  /* as far as they are used */

    /**
     * Make the lines' registers usable, `cpu` and `own_lines` known; `distributor` is.
     * @param  per_cpu  the node's second address: GICC, or the redistributors
     * @return 0; -EINVAL: not mapped; -ENOSYS: the CPU lacks it; -ETIMEDOUT: it does not answer
     */
    int (*open)(struct gic *gic, uint64_t per_cpu);
    /** Let interrupts through. All of the controller's `lines` are disabled, and the mask is set. */
    void (*start)(const struct gic *gic, unsigned int lines);
    /** Bring a line from 32 on to this CPU. */
    void (*route)(const struct gic *gic, unsigned int line);
};

extern const struct gic_kind gicv2, gicv3;

#endif
