/* SPDX-License-Identifier: Apache-2.0
 *
 * One object of each kind in a state that only an operation on it explains. When all are there, the
 * application calls look(), where a debugger waits; then from its interrupt, and from the system's
 * timer's.
 */
#include "drivers/console/console.h"
#include "drivers/xen/evtchn.h"
#include "kernel/os.h"
#include "tests/target/devices/phystimer.h"

static volatile unsigned int looks;
static TickType armed_at; /* what SystemCounter showed a little before Beep was armed */

/* For a breakpoint. */
__attribute__((noinline)) static void look(void)
{
    looks++;
}

/* One activation of Queued comes from the table's first expiry point; the third is too many. Waiter
 * has the higher priority, so it waits when its activation returns. */
TASK(Main)
{
    (void)ActivateTask(Waiter);
    (void)SetEvent(Waiter, Stop);
    (void)IncrementCounter(Soft);
    (void)IncrementCounter(Soft);
    (void)SetRelAlarm(Cyclic, 5, 3);
    (void)ActivateTask(Queued);
    (void)ActivateTask(Queued);
    (void)GetResource(Shared);
    look();
    (void)ReleaseResource(Shared);
    phystimer_fire();
    for (;;) {
    }
}

TASK(Waiter)
{
    (void)WaitEvent(Go);
    (void)TerminateTask();
}

TASK(Queued)
{
    (void)TerminateTask();
}

TASK(Neighbour)
{
    (void)TerminateTask();
}

TASK(Storm)
{
    evtchn_pass();
    (void)TerminateTask();
}

ISR(Fire)
{
    phystimer_quiet();
    (void)GetCounterValue(SystemCounter, &armed_at);
    (void)SetRelAlarm(Beep, 50, 0);
    look();
}

ISR(Quick)
{
}

ISR(Lamp)
{
}

ALARMCALLBACK(Beep)
{
    look();
}

/* The application's only error is the one that it wants. */
void ErrorHook(StatusType error)
{
    if (error != E_OS_LIMIT) {
        printk("objects: status %u\n", (unsigned int)error);
    }
}
