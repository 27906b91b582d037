/* SPDX-License-Identifier: Apache-2.0
 *
 * What ErrorHook may call works in both statuses.
 *
 * Tests: OSEK 12.3, 11.2; rules 2.5, 7.5
 */
#include "tests/conformance/calls.h"

void ErrorHook(StatusType Error)
{
    STEP("ErrorHook(%u)", Error);
    observe();
}

TASK(High)
{
    SetRelAlarm(Alarm, 50, 0);
    ActivateTask(Waiter);
    TerminateTask();
}

TASK(Waiter)
{
    WaitEvent(A);
    STEP("must not come here");
}

TASK(Low)
{
    STEP_STATUS(ActivateTask(Low));
    ShutdownOS(E_OK);
}
