/* SPDX-License-Identifier: Apache-2.0
 *
 * OSEK 9.2: an alarm callback runs at expiry, before any task that the same tick activates;
 * IncrementCounter dispatches after all alarms of the tick have acted.
 */
#include "tests/conformance/step.h"

void ErrorHook(StatusType Error)
{
    STEP("ErrorHook(%u)", Error);
}

ALARMCALLBACK(Calls)
{
    SuspendAllInterrupts();
    STEP("callback");
    ResumeAllInterrupts();
}

ALARMCALLBACK(Timed)
{
    STEP("Timed must not expire");
}

TASK(Low)
{
    STEP_STATUS(SetRelAlarm(Steps, 2, 2));
    STEP_STATUS(SetRelAlarm(Calls, 2, 2));
    STEP_STATUS(IncrementCounter(Software));
    STEP_STATUS(IncrementCounter(Software));
    STEP_STATUS(CancelAlarm(Steps));
    STEP_STATUS(IncrementCounter(Software));
    STEP_STATUS(IncrementCounter(Software));
    ShutdownOS(E_OK);
}

TASK(High)
{
    STEP("High runs");
    TerminateTask();
}

TASK(Middle)
{
    TerminateTask();
}
