/* SPDX-License-Identifier: Apache-2.0
 *
 * An alarm callback runs at expiry, before any task that the same tick activates; IncrementCounter
 * dispatches after all alarms of the tick have acted.
 *
 * Tests: OSEK 9.2; rules 6.19, 8.6, 6.21
 */
#include "tests/conformance/step.h"

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

PLAIN_TASK(High)

TASK(Middle)
{
    TerminateTask();
}
