/* SPDX-License-Identifier: Apache-2.0
 *
 * An interrupt that a task makes itself: a store to the distributor sets pending a line that no device has. On a bare
 * machine the next instruction is the vector's. (Under Xen the store is a trap, and what Xen does is not ours.)
 */
#ifndef SOFTWARE_INTERRUPT_H
#define SOFTWARE_INTERRUPT_H

#include <stdint.h>

#include <arch/mem.h>
#include <arch/mmio.h>

#include "gic.h"

#define SOFTWARE_INTERRUPT      42u /* as in app.oil; SPI 10 of QEMU's virt, nobody's */
#define GICD_ISPENDR(line)      (0x200u + 4 * ((line) / 32))
#define SOFTWARE_INTERRUPT_BITS (1u << SOFTWARE_INTERRUPT % 32)

/** The distributor's word with the line's bit. Before StartOS. */
static inline uint8_t *software_interrupt_open(void)
{
    return (uint8_t *)mem_map(gic_info()->distributor, PAGE_SIZE, MEM_DEVICE) +
           GICD_ISPENDR(SOFTWARE_INTERRUPT);
}

/** Interrupt now. */
static inline void software_interrupt(uint8_t *word)
{
    mmio_write32(word, SOFTWARE_INTERRUPT_BITS);
}

#endif
