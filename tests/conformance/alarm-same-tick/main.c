/* SPDX-License-Identifier: Apache-2.0
 *
 * Several alarms at one tick: all act, then the tasks run in the order of priority.
 *
 * Tests: OSEK 9.2; rules 6.21, 3.14, 3.34, 6.19
 */
#include "tests/conformance/step.h"
#include "tests/conformance/ticks.h"

ALARMCALLBACK(Calls)
{
    STEP("Calls");
}

TASK(Low)
{
    STEP_STATUS(ActivateTask(Waiter));
    STEP_STATUS(SetRelAlarm(Sets, 2, 0));
    STEP_STATUS(SetAbsAlarm(Mids, 2, 0));
    STEP_STATUS(SetRelAlarm(Steps, 2, 0));
    STEP_STATUS(SetRelAlarm(Calls, 2, 0));
    ticks(3);
    ShutdownOS(E_OK);
}

TASK(Waiter)
{
    WaitEvent(Chime);
    STEP("Waiter has Chime");
    TerminateTask();
}

PLAIN_TASK(Middle)
PLAIN_TASK(High)
