/* SPDX-License-Identifier: Apache-2.0
 *
 * Device registers on a PC: each access is a call, which the test's fake device answers. The same
 * contract as the machine's, where these are one plain load or store each.
 */
#ifndef ARCH_MMIO_H
#define ARCH_MMIO_H

#include <stdbool.h>
#include <stdint.h>

uint32_t mmio_read32(const volatile void *addr);
void mmio_write32(volatile void *addr, uint32_t value);
void mmio_write8(volatile void *addr, uint8_t value);

/** @return true and the value in *value; false if nothing answers at this address (a data abort on
 * the machine) */
bool mmio_probe32(const volatile void *addr, uint32_t *value);

#endif
