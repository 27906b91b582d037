/* SPDX-License-Identifier: Apache-2.0
 *
 * ClearEvent and WaitEvent in a basic task, extended status: E_OS_ACCESS (1); the task goes on.
 *
 * Tests: OSEK 13.5.3.2, 13.5.3.4; rules 1.26, 1.31, 7.8, 7.9
 */
#include "tests/conformance/step.h"

void ErrorHook(StatusType Error)
{
    if (OSErrorGetServiceId() == OSServiceId_ClearEvent) {
        STEP("ErrorHook(%u), ClearEvent %u", Error, (unsigned int)OSError_ClearEvent_Mask());
    }
    if (OSErrorGetServiceId() == OSServiceId_WaitEvent) {
        STEP("ErrorHook(%u), WaitEvent %u", Error, (unsigned int)OSError_WaitEvent_Mask());
    }
}

TASK(Low)
{
    STEP_STATUS(ClearEvent(A));
    STEP_STATUS(WaitEvent(A | B));
    STEP_STATE(Low);
    ShutdownOS(E_OK);
}
