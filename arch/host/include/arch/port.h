/* SPDX-License-Identifier: Apache-2.0
 *
 * The inline part of the porting contract (kernel/arch.h) for a Linux process. Nothing is real here:
 * interrupts are a flag and a set of pending sources, time moves when a test says so, and the
 * floating-point registers are an array (host.h).
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

/* Whatever OIL says is enough for the machine, but not for the C library and sanitizers. */
#define HOST_STACK_EXTRA       (256u * 1024u)
#define ARCH_STACK(name, size) static _Alignas(64) uint8_t name[(size) + HOST_STACK_EXTRA]
#define ARCH_STACK_BYTES(name) sizeof(name)
#define ARCH_STACK_FILL        0xa5u

#define HOST_FPU_REGS 4u

struct arch_fpu {
    uint64_t reg[HOST_FPU_REGS];
    uint32_t status;
};

void arch_fpu_enable(bool on);
void arch_fpu_reset(void);
void arch_fpu_save(struct arch_fpu *fpu);
void arch_fpu_restore(const struct arch_fpu *fpu);

#endif
