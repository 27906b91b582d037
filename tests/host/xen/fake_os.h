/* SPDX-License-Identifier: Apache-2.0
 *
 * The few services of the kernel and the port that the Xen layer calls, for tests: interrupts are a
 * counter, time stands still until a test moves it, and what is printed is kept. Each service
 * checks that it may be called where it was called.
 */
#ifndef FAKE_OS_H
#define FAKE_OS_H

#include <setjmp.h>
#include <stdbool.h>
#include <stdint.h>

#include "kernel/os.h"

#define FAKE_HZ 1000000u /* counts a second */

struct fake_os {
    bool started;             /* interrupts are enabled unless suspended; false: before StartOS */
    unsigned int suspended;   /* SuspendAllInterrupts() without their Resume */
    unsigned int activations; /* of TASK_STORM */
    bool run_task; /* it runs at once when interrupts are done; else a test calls evtchn_pass() */
    StatusType activate_rc;
    EventMaskType events;     /* of TASK_STORE, which is the one that runs */
    StatusType wait_rc;       /* what WaitEvent() returns at once, if it is not E_OK */
    unsigned int waits;       /* WaitEvent() that had to wait */
    unsigned int store_tasks; /* activations of TASK_STORE */
    bool alarm_set;
    uint64_t alarm_due;
    uint64_t now;
    uint64_t timer_armed; /* UINT64_MAX: stopped */
    void (*idle)(void);   /* what happens while the CPU sleeps; NULL: nothing until the timer */
    unsigned int idles;
    void (*at_barrier)(void); /* what another CPU does, or sees, just there; NULL: nothing */
    jmp_buf *on_shutdown;
    StatusType shutdown_code;
    char text[16384]; /* what printk() printed */
    unsigned int text_len;
};
extern struct fake_os fake_os;

void fake_os_reset(void);

/** Let time pass, millisecond by millisecond; the alarm expires when it is due. */
void fake_os_advance_ms(unsigned int ms);

/** How often this was printed. */
unsigned int fake_os_printed(const char *text);

#endif
