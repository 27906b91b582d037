/* SPDX-License-Identifier: Apache-2.0
 *
 * The inline half of kernel/arch.h for one Xen vCPU. Tasks run in System mode on the task stack, interrupt handlers
 * in Supervisor mode on the interrupt stack: the CPU's banked stack pointers are the stack switch.
 */
#ifndef ARCH_PORT_H
#define ARCH_PORT_H

#include <stdbool.h>
#include <stdint.h>

typedef uint32_t arch_irq_t;

static inline void arch_irq_disable(void)
{
    __asm__ volatile("cpsid i" : : : "memory");
}

static inline void arch_irq_enable(void)
{
    __asm__ volatile("cpsie i" : : : "memory");
}

static inline arch_irq_t arch_irq_save(void)
{
    arch_irq_t was;

    __asm__ volatile("mrs %0, cpsr\n\tcpsid i" : "=r"(was) : : "memory");
    return was;
}

static inline void arch_irq_restore(arch_irq_t was)
{
    __asm__ volatile("msr cpsr_c, %0" : : "r"(was) : "memory");
}

static inline bool arch_irq_was_masked(arch_irq_t was)
{
    return (was & 0x80) != 0;
}

/* Masking category 2 alone would be a store to the GIC's priority mask and back, two device accesses and a barrier:
 * dearer than masking all, which OSEK 13.3.2.5 allows then. */
static inline arch_irq_t arch_os_irq_save(void)
{
    return arch_irq_save();
}

static inline void arch_os_irq_restore(arch_irq_t was)
{
    arch_irq_restore(was);
}

static inline unsigned int arch_highest_bit(uint32_t word)
{
    return 31u - (unsigned int)__builtin_clz(word);
}

static inline uint64_t arch_timer_count(void)
{
    uint64_t count;

    /* isb: the count must not be read ahead of what stands before it in the program. */
    __asm__ volatile("isb\n\tmrrc p15, 1, %Q0, %R0, c14" : "=r"(count) : : "memory"); /* CNTVCT */
    return count;
}

#endif
