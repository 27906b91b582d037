/* SPDX-License-Identifier: Apache-2.0
 *
 * The porting contract: all that the kernel asks of a machine, and the few calls that a machine makes into the
 * kernel. A port supplies the functions below; those on hot paths are `static inline` in its <arch/port.h>.
 * arch/arm-xen is one Xen vCPU, arch/host is a Linux process for tests.
 */
#ifndef KERNEL_ARCH_H
#define KERNEL_ARCH_H

#include <stdbool.h>
#include <stdint.h>

#include <arch/port.h>

/*
 * Supplied inline by <arch/port.h>:
 *
 * void arch_irq_disable(void);            mask every interrupt of this CPU
 * void arch_irq_enable(void);             unmask; what is pending is taken at once
 * arch_irq_t arch_irq_save(void);         mask and return the state before
 * void arch_irq_restore(arch_irq_t was);  back to that state
 *
 * Each is also a compiler barrier: kernel data is touched only between the two.
 * bool arch_irq_was_masked(arch_irq_t was);  whether that state has them masked
 *
 * unsigned int arch_highest_bit(uint32_t word);   index of the highest set bit; word is never 0
 * uint64_t arch_timer_count(void);                free-running count since any moment, never goes back
 */

/** Mask category 2 interrupts only, if that can be done for less than masking all of them. Nestable: @return the
 *  state before, for arch_os_irq_restore(). OSEK 13.3.2.5. */
arch_irq_t arch_os_irq_save(void);
void arch_os_irq_restore(arch_irq_t was);

/**
 * Run a task's body on the current stack. Saves what C expects to survive and leaves the stack pointer in *sp, so
 * that arch_task_leave(*sp) can end the body from any depth. Unmasks interrupts before `entry`.
 * Called with interrupts masked; returns with interrupts masked, after arch_task_leave().
 * If `entry` returns, the port calls os_task_returned().
 */
void arch_task_enter(void (*entry)(void), void **sp);

/** End the body that arch_task_enter() started: cut the stack back to `sp` and return from that call.
 *  Called with interrupts masked. */
_Noreturn void arch_task_leave(void *sp);

/** Counts of arch_timer_count() in a second, in Hz. Constant after start-up. */
uint32_t arch_timer_hz(void);

/** Call os_timer_expired() as an interrupt as soon as arch_timer_count() >= count (at once if it is already so).
 *  Replaces the moment set before. Interrupts masked. */
void arch_timer_arm(uint64_t count);

/** No moment is wanted: the timer makes no interrupt until the next arch_timer_arm(). Interrupts masked. */
void arch_timer_stop(void);

/** Nothing is ready: wait for an interrupt without using the CPU. Called with interrupts masked (a pending one
 *  still ends the wait) and returns masked; the caller then unmasks. */
void arch_idle(void);

/** The system's end, after ShutdownHook: print one line with the code, let the consoles drain, leave the machine.
 *  Supplied by boot/ (a process on the host), because it needs drivers. Interrupts masked. OSEK 13.7.2.3 */
_Noreturn void system_end(uint8_t code);

/*
 * What a port calls. All with interrupts masked.
 *
 * An interrupt of category 2 is:   os_isr2_enter(); unmask; handler(); mask; acknowledge; if (os_isr2_exit()) preempt
 * where "preempt" means: leave the interrupt stack, call os_preempt() on the interrupted task's stack, and then
 * return to the task. Category 1 interrupts call none of these. os_isr2_enter() and os_isr2_exit() are inline, in
 * "kernel/isr2.h": they stand on the path whose instructions are counted.
 */

/** Run the ready tasks above the interrupted one's current priority; returns when there is none left. */
void os_preempt(void);

/** The moment given to arch_timer_arm() has come. Called from inside an ISR2 (between enter and exit). */
void os_timer_expired(void);

/** A task's function returned without TerminateTask or ChainTask. */
_Noreturn void os_task_returned(void);

#endif
