/* SPDX-License-Identifier: Apache-2.0
 *
 * In the way of FreeOSEK's examples: a task that is not preempted sets things up, starts an alarm, and
 * waits for an event, which the alarm's task sets. The UART's interrupt never comes.
 */
#include "os.h"

#include "drivers/console/console.h"

#define PERIODS 4

static unsigned int count;

void ErrorHook(StatusType Error)
{
    printk("ErrorHook: %u\n", Error);
    ShutdownOS(Error);
}

TASK(InitTask)
{
    printk("InitTask\n");
    SetRelAlarm(ActivatePeriodicTask, 10, 10);
    WaitEvent(POSIXE);
    ClearEvent(POSIXE);
    printk("PeriodicTask ran %u times\n", count);
    CancelAlarm(ActivatePeriodicTask);
    ShutdownOS(E_OK);
}

TASK(PeriodicTask)
{
    GetResource(POSIXR);
    count++;
    ReleaseResource(POSIXR);
    if (count == PERIODS)
        SetEvent(InitTask, POSIXE);
    TerminateTask();
}

ISR(UART_IRQHandler)
{
    printk("UART_IRQHandler\n");
}

int main(void)
{
    StartOS(AppMode1);
    return 0;
}
