/* SPDX-License-Identifier: Apache-2.0
 *
 * An alarm that sets an event of a suspended task, extended status: ErrorHook with E_OS_STATE (7)
 * of SetEvent; the alarm goes on.
 *
 * Tests: OSEK 9.2, 11.2; rules 6.14, 6.18, 7.8
 */
#include "tests/conformance/step.h"
#include "tests/conformance/ticks.h"

void ErrorHook(StatusType Error)
{
    STEP("ErrorHook(%u), SetEvent %u, Waiter %u", Error,
         OSErrorGetServiceId() == OSServiceId_SetEvent, OSError_SetEvent_TaskID() == Waiter);
}

TASK(Low)
{
    STEP_STATUS(SetRelAlarm(Sets, 1, 2));
    ticks(2);
    STEP_STATUS(ActivateTask(Waiter));
    ticks(1);
    ShutdownOS(E_OK);
}

TASK(Waiter)
{
    WaitEvent(Chime);
    STEP("Waiter has Chime");
    TerminateTask();
}
