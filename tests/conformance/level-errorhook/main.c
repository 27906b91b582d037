/* SPDX-License-Identifier: Apache-2.0
 *
 * ErrorHook may call the services that figure 12-1 allows it; every other one returns
 * E_OS_CALLEVEL (2) there, without a second ErrorHook, and does nothing.
 *
 * Tests: OSEK 12.3, 11.2; AUTOSAR 8.4; rules 2.5, 7.7, 9.14, 1.6, 1.11, 1.12, 1.27, 1.33
 */
#include "tests/conformance/calls.h"

void ErrorHook(StatusType Error)
{
    STEP("ErrorHook(%u)", Error);
    observe();
    call_workers_services();
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
    STEP_STATE(Middle);
    STEP_STATE(Waiter);
    ShutdownOS(E_OK);
}
