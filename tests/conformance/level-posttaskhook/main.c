/* SPDX-License-Identifier: Apache-2.0
 *
 * PostTaskHook may call the services that figure 12-1 allows it; every other one is E_OS_CALLEVEL
 * (2), reported to ErrorHook, and does nothing.
 *
 * Tests: OSEK 12.3, 11.5; AUTOSAR 8.4; rules 2.6, 9.14, 7.10
 */
#include "tests/conformance/calls.h"

void PostTaskHook(void)
{
    if (step_self() != Middle) {
        return;
    }
    STEP("PostTaskHook");
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
    STEP_STATUS(ActivateTask(Middle));
    ShutdownOS(E_OK);
}

TASK(Middle)
{
    STEP("Middle runs");
    TerminateTask();
}
