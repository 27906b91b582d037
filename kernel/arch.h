/* SPDX-License-Identifier: Apache-2.0
 *
 * The porting contract: all that the kernel asks of a machine, and the few calls that a machine
 * makes into the kernel. arch/arm-xen is one Xen vCPU, arch/host is a Linux process for tests.
 *
 * A port may make any of these functions `static inline` in its <arch/port.h>; those listed first
 * stand on paths where every instruction counts, and must be.
 *
 * The kernel masks interrupts for single steps only: at most one dispatch decision, or one alarm's
 * expiry (a walk along one branch of the alarm queue, the timer's programming, and, for an alarm
 * late by whole cycles, one division with a step for each bit of how late). Hooks and alarm
 * callbacks run masked (OSEK 11.1, 9.2) and take what they take; StartOS() is masked until the first
 * task runs.
 */
#ifndef KERNEL_ARCH_H
#define KERNEL_ARCH_H

#include <stdbool.h>
#include <stdint.h>

#include <arch/port.h>

/*
 * Inline in <arch/port.h>, with the type arch_irq_t:
 *
 * void arch_irq_disable(void);               mask every interrupt of this CPU
 * void arch_irq_enable(void);                unmask; what is pending is taken at once
 * arch_irq_t arch_irq_save(void);            mask; the state before
 * void arch_irq_restore(arch_irq_t was);     back to that state
 * bool arch_irq_was_masked(arch_irq_t was);  whether that state has them masked
 *
 * The first four are also compiler barriers: kernel data is touched only between two of them.
 *
 * unsigned int arch_highest_bit(uint32_t word);  index of the highest set bit; word is not 0
 * uint64_t arch_timer_count(void);               a free-running count that never goes back
 *
 * Also there, for os_cfg.c:
 *
 * ARCH_STACK(name, bytes)   define the stack `name`: an array of uint8_t, below which the machine
 *                           has nothing mapped; `bytes` is a multiple of 4096
 * ARCH_STACK_BYTES(name)    its size
 *
 * Before StartOS() the port has filled all of cfg_stacks[] with ARCH_STACK_FILL (a byte), except
 * what was in use.
 *
 * And for configurations with CFG_FPU, where `struct arch_fpu` holds all floating-point registers
 * and the status register of one task or interrupt. All with interrupts masked:
 *
 * void arch_fpu_enable(bool on);                        off: using them is an exception
 * void arch_fpu_reset(void);                            the status register as a program finds it
 * void arch_fpu_save(struct arch_fpu *fpu);
 * void arch_fpu_restore(const struct arch_fpu *fpu);
 */

struct arch_fpu;

/** An interrupt handler, to the port and to the kernel. */
struct os_isr {
    void (*handler)(void);
    struct arch_fpu *fpu; /* room for its floating-point registers; NULL: it uses none */
    uint8_t level;        /* 1 = the lowest; a higher level interrupts a lower one */
};

/** Mask category 2 interrupts only, if that can be done for less than masking all of them.
 *  Nestable. @return the state before, for arch_os_irq_restore(). OSEK 13.3.2.5 */
arch_irq_t arch_os_irq_save(void);
void arch_os_irq_restore(arch_irq_t was);

/** Mask the interrupts up to a level, category 1 included: higher ones still come. Does nothing if
 *  as much is masked already. 0 masks none. For resources that an ISR2 uses (OSEK 8.6).
 *  @return the level masked before, for the way back: arch_level_restore(). Interrupts masked. */
unsigned int arch_level_raise(unsigned int level);
void arch_level_restore(unsigned int was);

/**
 * Run a task's body on the stack below `top`, or on the current one if `top` is NULL. Saves what C
 * expects to survive on the current stack and leaves the stack pointer in *sp, so that
 * arch_task_leave(*sp) can end the body from any depth. Unmasks interrupts before `entry`. If
 * `entry` returns, the port calls os_task_returned().
 * Called with interrupts masked; returns with interrupts masked, after arch_task_leave(*sp) or
 * arch_task_switch(, *sp).
 */
void arch_task_enter(void (*entry)(void), void **sp, void *top);

/** End the body that runs: go back to where `sp` was saved, and return from that call. Called with
 *  interrupts masked. */
_Noreturn void arch_task_leave(void *sp);

/** Save what C expects to survive on the current stack and the stack pointer in *own, then go on
 *  where `sp` was saved, by this function or by arch_task_enter(). Returns when somebody goes back
 *  to *own. Called and returns with interrupts masked. Only configurations with extended tasks. */
void arch_task_switch(void **own, void *sp);

/** Counts of arch_timer_count() in a second, in Hz. Not 0, constant after start-up. */
uint32_t arch_timer_hz(void);

/** Make the timer's interrupt, which os_timer_expired() handles, as soon as arch_timer_count() >= count
 *  (at once if it is already so). Replaces the moment set before. Interrupts masked. */
void arch_timer_arm(uint64_t count);

/** No moment is wanted: the timer makes no interrupt until the next arch_timer_arm(). Interrupts
 *  masked. */
void arch_timer_stop(void);

/** Nothing is ready: wait for an interrupt without using the CPU. Called with interrupts masked (a
 *  pending one still ends the wait) and returns masked; the caller then unmasks. */
void arch_idle(void);

/** The system's end, after ShutdownHook: print one line with the code, let the consoles drain,
 *  leave the machine. Supplied by boot/, because it needs drivers. Interrupts masked.
 *  OSEK 13.7.2.3 */
_Noreturn void system_end(uint8_t code);

/*
 * What a port calls. All with interrupts masked, but for handlers.
 *
 * An interrupt of category 2 is, with its struct os_isr:
 *   outer = os_isr2_enter(isr); unmask; isr->handler(); mask; acknowledge;
 *   if (os_isr2_exit(isr, outer)) preempt
 * where "preempt" means: leave the interrupt stack, call os_preempt() on the interrupted task's
 * stack, and then return to the task. Category 1 interrupts call none of these. os_isr2_enter() and
 * os_isr2_exit() are inline, in kernel/isr2.h.
 */

/** Run the ready tasks above the interrupted one's current priority, of which there is at least
 *  one; returns when there is none left. */
void os_preempt(void);

/** The moment given to arch_timer_arm() has come, or an earlier one: the handler of the timer's
 *  category 2 interrupt. Lets interrupts of higher levels through between two alarms, and returns
 *  with interrupts masked. */
void os_timer_expired(void);

/** A task's function returned without TerminateTask or ChainTask. */
_Noreturn void os_task_returned(void);

#endif
