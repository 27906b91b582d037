/* SPDX-License-Identifier: Apache-2.0
 *
 * Interrupts of category 2 on the real GIC: a higher level interrupts a lower one, what the alarm makes ready waits
 * for the last handler's end (OSEK 6), and then runs before the interrupted task goes on.
 */
#include "drivers/console/console.h"
#include "kernel/os.h"
#include "tests/target/devices/phystimer.h"

#define PATIENCE 50000000u /* turns of a loop: far more than the alarm's 2 ms */

static volatile bool alarm_came;

ALARMCALLBACK(Timer)
{
    alarm_came = true;
    ActivateTask(High);
}

ISR(Low)
{
    phystimer_quiet();
    printk("low ISR begins\n");
    SetRelAlarm(Soon, 2, 0);
    for (unsigned int turn = 0; turn < PATIENCE && !alarm_came; turn++) {
    }
    printk("low ISR ends, alarm nested: %s\n", alarm_came ? "yes" : "no");
}

TASK(High)
{
    printk("high task\n");
    TerminateTask();
}

TASK(Main)
{
    printk("task before\n");
    phystimer_fire();
    printk("task after\n");
    ShutdownOS(E_OK);
}
