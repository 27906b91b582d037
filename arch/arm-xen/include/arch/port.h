/* SPDX-License-Identifier: Apache-2.0
 *
 * The inline half of kernel/arch.h for one Xen vCPU. Tasks run in System mode on their stacks, interrupt handlers in
 * Supervisor mode on the interrupt stack: the CPU's banked stack pointers are the stack switch.
 */
#ifndef ARCH_PORT_H
#define ARCH_PORT_H

#include <stdbool.h>
#include <stdint.h>

typedef uint32_t arch_irq_t;

/* In .stacks each array ends with the page that stays unmapped below its neighbour; the linker script puts one more in
 * front of the first. Which pages are mapped, cfg_stacks[] says. */
#define ARCH_STACK_GUARD 4096u
#define ARCH_STACK(name, bytes)                                                                    \
    uint8_t name[(bytes) + ARCH_STACK_GUARD] __attribute__((section(".stacks"), aligned(4096)))
#define ARCH_STACK_BYTES(name) (sizeof(name) - ARCH_STACK_GUARD)
#define ARCH_STACK_FILL        0xa5u

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

/* Floating point. Written as assembly because nothing else in the kernel may use these registers. */
#define ARCH_FPU_ASM ".fpu neon-vfpv4\n\t"

struct arch_fpu {
    uint64_t d[32];
    uint32_t status; /* FPSCR */
};

#define ARCH_FPEXC_EN (1u << 30)

static inline void arch_fpu_enable(bool on)
{
    const uint32_t exc = on ? ARCH_FPEXC_EN : 0;

    __asm__ volatile(ARCH_FPU_ASM "vmsr fpexc, %0" : : "r"(exc) : "memory");
}

static inline bool arch_fpu_is_enabled(void)
{
    uint32_t exc;

    __asm__ volatile(ARCH_FPU_ASM "vmrs %0, fpexc" : "=r"(exc));
    return (exc & ARCH_FPEXC_EN) != 0;
}

static inline void arch_fpu_reset(void)
{
    __asm__ volatile(ARCH_FPU_ASM "vmsr fpscr, %0" : : "r"(0) : "memory");
}

static inline void arch_fpu_save(struct arch_fpu *fpu)
{
    uint64_t *d = fpu->d;

    __asm__ volatile(ARCH_FPU_ASM "vstmia %0!, {d0-d15}\n\t"
                                  "vstmia %0!, {d16-d31}\n\t"
                                  "vmrs %1, fpscr"
                     : "+r"(d), "=&r"(fpu->status)
                     :
                     : "memory");
}

static inline void arch_fpu_restore(const struct arch_fpu *fpu)
{
    const uint64_t *d = fpu->d;

    __asm__ volatile(ARCH_FPU_ASM "vldmia %0!, {d0-d15}\n\t"
                                  "vldmia %0!, {d16-d31}\n\t"
                                  "vmsr fpscr, %1"
                     : "+r"(d)
                     : "r"(fpu->status)
                     : "memory");
}

#endif
