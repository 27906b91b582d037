/* SPDX-License-Identifier: Apache-2.0
 *
 * An alarm whose task has no activation left calls ErrorHook with E_OS_LIMIT (4), and the alarm
 * goes on.
 *
 * Tests: OSEK 9.2, 11.2; rules 6.14
 */
#include "tests/conformance/step.h"

void ErrorHook(StatusType Error)
{
    STEP("ErrorHook(%u): service is ActivateTask: %u, TaskID is High: %u", Error,
         OSErrorGetServiceId() == OSServiceId_ActivateTask, OSError_ActivateTask_TaskID() == High);
}

ALARMCALLBACK(Calls)
{
    STEP("Calls must not expire");
}

ALARMCALLBACK(Timed)
{
    STEP("Timed must not expire");
}

TASK(Low)
{
    STEP_STATUS(SetRelAlarm(Steps, 1, 2));
    STEP_STATUS(IncrementCounter(Software));
    STEP("Low ends");
    ShutdownOS(E_OK);
}

TASK(High)
{
    static bool again;

    STEP("High runs");
    if (!again) {
        again = true;
        STEP_STATUS(IncrementCounter(Software));
        STEP_STATUS(IncrementCounter(Software));
    }
    TerminateTask();
}

TASK(Middle)
{
    TerminateTask();
}
