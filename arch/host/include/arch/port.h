/* SPDX-License-Identifier: Apache-2.0
 *
 * The inline part of the porting contract (kernel/arch.h) for a Linux process. Nothing is real here:
 * interrupts are a flag and a set of pending sources, time moves when a test says so (host.h).
 */
#ifndef ARCH_PORT_H
#define ARCH_PORT_H

#include <stdbool.h>
#include <stdint.h>

typedef bool arch_irq_t; /* interrupts are masked */

void arch_irq_disable(void);
void arch_irq_enable(void);
arch_irq_t arch_irq_save(void);
void arch_irq_restore(arch_irq_t was);
uint64_t arch_timer_count(void);

static inline bool arch_irq_was_masked(arch_irq_t was)
{
    return was;
}

static inline unsigned int arch_highest_bit(uint32_t word)
{
    return 31u - (unsigned int)__builtin_clz(word);
}

#endif
