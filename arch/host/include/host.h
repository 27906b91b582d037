/* SPDX-License-Identifier: Apache-2.0
 *
 * The simulated machine of arch/host, as its tests drive it: a timer whose count moves only when
 * somebody moves it, interrupt sources that are raised by a call, and floating-point registers that
 * are an array. Everything is deterministic.
 */
#ifndef HOST_H
#define HOST_H

#include <stdbool.h>
#include <stdint.h>

#include <arch/port.h>

/** How a run ended, if not by ShutdownOS() with a code of 0 .. 255. */
enum host_end {
    HOST_IDLE_FOREVER =
        256,            /* nothing is ready and no timer is armed: no interrupt can ever come */
    HOST_TIME_UP = 257, /* idle until after the limit of host_set_limit() */
    HOST_FPU_IS_OFF =
        258, /* floating point was used while the kernel had it off: a machine's exception */
};

/** A timer of `hz` counts a second that stands at `count`; nothing pending, no limit. */
void host_reset(uint32_t hz, uint64_t count);

/** Idle time ends the run instead of moving the timer beyond this count. */
void host_set_limit(uint64_t count);

/** StartOS(mode). @return ShutdownOS()'s code or enum host_end. */
int host_run(uint8_t mode);

/**
 * Let `counts` of the timer pass. Each timer interrupt on the way is taken at its exact count, if
 * interrupts are enabled; otherwise it is pending until they are.
 */
void host_advance(uint64_t counts);

/** Jump over `counts` at once, as a paused machine does: what was due comes at the end. */
void host_pause(uint64_t counts);

/** Raise the interrupt of cfg_isrs[index]; it is taken at once, or when mask and level allow. */
void host_raise(unsigned int index);

/** Whether interrupts are masked now. */
bool host_is_masked(void);

/** Use the floating-point registers: read or write any of them. Ends the run if they are off. */
struct arch_fpu *host_fpu(void);

/** Whether they are on. */
bool host_fpu_is_on(void);

/** Where the timer stands. */
uint64_t host_count(void);

/** The count that the timer is armed for, or UINT64_MAX if it is stopped. */
uint64_t host_timer_armed(void);

/** Timer interrupts taken since host_reset(). */
unsigned int host_timer_interrupts(void);

#endif
