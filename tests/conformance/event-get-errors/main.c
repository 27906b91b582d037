/* SPDX-License-Identifier: Apache-2.0
 *
 * GetEvent, extended status: E_OS_ID (3) for no task, E_OS_ACCESS (1) for a basic one, E_OS_STATE
 * (7) for a suspended one.
 *
 * Tests: OSEK 13.5.3.3, 11.2; rules 1.28, 1.29, 1.30, 7.8, 7.9
 */
#include "tests/conformance/step.h"

static EventMaskType mask;

void ErrorHook(StatusType Error)
{
    STEP("ErrorHook(%u) of GetEvent %u, its task %u, its reference %u", Error,
         OSErrorGetServiceId() == OSServiceId_GetEvent, OSError_GetEvent_TaskID() == Waiter,
         OSError_GetEvent_Event() == &mask);
}

TASK(Low)
{
    STEP_STATUS(GetEvent(INVALID_TASK, &mask));
    STEP_STATUS(GetEvent(High, &mask));
    STEP_STATUS(GetEvent(Waiter, &mask));
    STEP_STATUS(ActivateTask(Waiter));
    STEP_STATUS(GetEvent(Waiter, &mask));
    ShutdownOS(E_OK);
}

TASK(Waiter)
{
    WaitEvent(A);
    STEP("must not come here");
}
