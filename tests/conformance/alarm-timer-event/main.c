/* SPDX-License-Identifier: Apache-2.0
 *
 * An alarm of the system counter wakes a task out of the idle time, tick by tick of the timer.
 *
 * Tests: OSEK 9.1, 9.2; rules 6.20, 6.18, 6.11
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(ActivateTask(Waiter));
    STEP_STATUS(SetRelAlarm(TimedA, 1, 2));
    TerminateTask();
}

TASK(Waiter)
{
    unsigned int times;

    for (times = 1; times <= 3; times++) {
        WaitEvent(A);
        ClearEvent(A);
        STEP("A for the time %u", times);
    }
    STEP_STATUS(CancelAlarm(TimedA));
    ShutdownOS(E_OK);
}
