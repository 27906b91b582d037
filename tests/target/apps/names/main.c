/* SPDX-License-Identifier: Apache-2.0
 *
 * Objects with names that the system uses inside: each does what it is there for, once. The text is
 * TAP, so the same program is a test of the host's port.
 */
#include "drivers/console/console.h"
#include "kernel/os.h"

static unsigned int steps;

static void step(unsigned int wanted, const char *what)
{
    printk("%sok %u - %s\n", steps + 1 == wanted ? "" : "not ", wanted, what);
    steps = wanted;
}

TASK(start)
{
    printk("1..8\n");
    (void)ActivateTask(check);
    step(2, "start goes on while check waits");
    (void)GetResource(take);
    (void)GetResource(count);
    (void)ReleaseResource(count);
    (void)ReleaseResource(take);
    (void)SetRelAlarm(cycle, 1, 0);
    (void)SetRelAlarm(alarms, 2, 0);
    (void)StartScheduleTableRel(tables, 1);
    (void)IncrementCounter(Tick);
    (void)SetEvent(check, Mask);
    (void)IncrementCounter(Tick);
    for (TickType more = 0; more != 3; more++) {
        (void)IncrementCounter(Tick);
    }
    (void)ActivateTask(id);
    (void)SetRelAlarm(running, 1, 0);
    (void)TerminateTask();
}

TASK(check)
{
    step(1, "check waits");
    (void)WaitEvent(Mask | State);
    step(4, "check has one of two events");
    (void)ClearEvent(Mask);
    (void)WaitEvent(State);
    step(5, "check has the other, from an alarm");
    (void)TerminateTask();
}

ALARMCALLBACK(init)
{
    step(3, "the callback init");
}

TASK(entry)
{
    step(6, "entry, by the schedule table");
    (void)TerminateTask();
}

TASK(activate)
{
    step(7, "activate, behind it");
    (void)TerminateTask();
}

TASK(id)
{
    (void)TerminateTask();
}

TASK(i)
{
    step(8, "i, by the system's timer");
    ShutdownOS(GetActiveApplicationMode() == mode ? E_OK : E_OS_STATE);
}

ISR(irq)
{
}

/* None of these services may fail. */
void ErrorHook(StatusType error)
{
    printk("not ok %u - status %u\n", steps + 1, (unsigned int)error);
    ShutdownOS(error);
}
