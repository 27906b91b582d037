/* SPDX-License-Identifier: Apache-2.0
 *
 * Between head.S, start.c and mmu.c: see <arch/mem.h> for what drivers use.
 */
#ifndef MMU_H
#define MMU_H

#include <stdint.h>

/**
 * Lay the page tables out. Runs with the MMU off, at the load address: touches globals only through `offset`.
 * @param offset  load address - link address
 * @return physical address of the first-level table; 0 if the load address lies within the link address' 2 MiB
 */
uint32_t early_map(uint32_t offset);

/** The MMU is on and runs at the link address: forget the load address's own mapping, open mem_map()'s window. */
void mmu_start(uint32_t offset);

#endif
