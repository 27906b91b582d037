/* SPDX-License-Identifier: Apache-2.0
 *
 * From the zImage's head into C and on to boot/.
 */
#ifndef START_H
#define START_H

#include <stdint.h>

/** Called by head.S on the fault stack, which nobody needs yet. MMU and caches are on.
 *  @param offset  load address - link address */
void arch_start(uint32_t offset);

/** The machine-independent start, supplied by boot/main.c. Called by head.S in System mode on the stack that basic
 *  tasks share, interrupts masked. @param dtb intermediate physical address, not mapped yet;
 *  head.S has seen its magic. */
_Noreturn void boot_main(uint32_t dtb);

/** Stop for good with `word` (layout.h: HALT_...) in r0, where nothing can be printed. In head.S. */
_Noreturn void arch_halt(uint32_t word);

#endif
