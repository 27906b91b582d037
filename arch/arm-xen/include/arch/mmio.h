/* SPDX-License-Identifier: Apache-2.0
 *
 * Device registers. Each access is one plain load or store: Xen emulates the distributor and the vPL011 from the
 * fault's syndrome, which exists only for those (fact I1). The compiler could otherwise choose write-back or ldrd;
 * for an "m" operand it chooses an offset at most.
 */
#ifndef ARCH_MMIO_H
#define ARCH_MMIO_H

#include <stdbool.h>
#include <stdint.h>

static inline uint32_t mmio_read32(const volatile void *addr)
{
    uint32_t value;

    __asm__ volatile("ldr %0, %1" : "=r"(value) : "m"(*(const volatile uint32_t *)addr) : "memory");
    return value;
}

static inline void mmio_write32(volatile void *addr, uint32_t value)
{
    __asm__ volatile("str %1, %0" : "=m"(*(volatile uint32_t *)addr) : "r"(value) : "memory");
}

static inline void mmio_write8(volatile void *addr, uint8_t value)
{
    __asm__ volatile("strb %1, %0"
                     : "=m"(*(volatile uint8_t *)addr)
                     : "r"((uint32_t)value)
                     : "memory");
}

/**
 * Read a register that may not be there: a device that the domain's configuration did not pass through shows only
 * as a data abort (fact P3).
 * @return true and the value in *value; false if the load aborted.
 */
bool mmio_probe32(const volatile void *addr, uint32_t *value);

#endif
