/* SPDX-License-Identifier: Apache-2.0
 *
 * The first C at the link address: make C's world true (bss is zero, fact B7), and the stacks as the kernel expects
 * to find them.
 */
#include <stdint.h>
#include <string.h>

#include "kernel/cfg.h"
#include "layout.h"
#include "mmu.h"
#include "start.h"

extern char bss_start[], bss_end[]; /* linker/image.lds */

#define OFFSET_OF_TOP(stack) ((stack) * sizeof(struct stack_cfg) + offsetof(struct stack_cfg, top))
_Static_assert(OFFSET_OF_TOP(STACK_SHARED) == CFG_STACKS_SHARED_TOP, "layout.h");
_Static_assert(OFFSET_OF_TOP(STACK_INTERRUPT) == CFG_STACKS_INTERRUPT_TOP, "layout.h");

void arch_start(uint32_t offset)
{
    memset(bss_start, 0, (uintptr_t)bss_end - (uintptr_t)bss_start);
    for (unsigned int i = 0; i < CFG_STACK_COUNT; i++) {
        const struct stack_cfg *const stack = &cfg_stacks[i];

        memset(stack->low, ARCH_STACK_FILL, (size_t)(stack->top - stack->low));
    }
    mmu_start(offset);
}
