/* SPDX-License-Identifier: Apache-2.0
 *
 * In an ISR2 that comes while no task runs, and in the ErrorHook that it calls, GetTaskID gives
 * INVALID_TASK (999) with E_OK; a task that it activates runs.
 *
 * Tests: OSEK 13.2.3.5; rules 7.6, 3.33, 3.13, 6.20
 */
#include "tests/conformance/step.h"

void ErrorHook(StatusType Error)
{
    STEP("ErrorHook(%u), task %u", Error, step_self());
}

ALARMCALLBACK(Timed)
{
    TRIGGER(IsrHigh);
}

ISR(IsrHigh)
{
    TaskType task = Low;

    STEP_STATUS(GetTaskID(&task));
    STEP_VALUE(task == INVALID_TASK);
    STEP_STATUS(CancelAlarm(TimedCalls));
    STEP_STATUS(ActivateTask(High));
    STEP("IsrHigh ends");
}

TASK(Low)
{
    STEP_STATUS(SetRelAlarm(TimedCalls, 2, 0));
    TerminateTask();
}

TASK(High)
{
    STEP("High runs");
    ShutdownOS(E_OK);
}
