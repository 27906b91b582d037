/* SPDX-License-Identifier: Apache-2.0
 *
 * SetEvent, extended status: E_OS_ID (3) for no task, E_OS_ACCESS (1) for a basic one, E_OS_STATE
 * (7) for a suspended one; ErrorHook can ask for task and mask.
 *
 * Tests: OSEK 13.5.3.1, 11.2; rules 1.23, 1.24, 1.25, 7.8, 7.9
 */
#include "tests/conformance/step.h"

void ErrorHook(StatusType Error)
{
    STEP("ErrorHook(%u) of SetEvent %u, mask %u", Error,
         OSErrorGetServiceId() == OSServiceId_SetEvent, (unsigned int)OSError_SetEvent_Mask());
    STEP_VALUE(OSError_SetEvent_TaskID() == CFG_TASK_COUNT);
}

TASK(Low)
{
    STEP_STATUS(SetEvent(CFG_TASK_COUNT, A));
    STEP_STATUS(SetEvent(High, B));
    STEP_STATUS(SetEvent(Low, B));
    STEP_STATUS(SetEvent(Waiter, A | B));
    ShutdownOS(E_OK);
}
