/* SPDX-License-Identifier: Apache-2.0
 *
 * OSErrorGetServiceId tells each service that can fail in a task.
 *
 * Tests: OSEK 11.2; rules 7.8, 7.5
 */
#include "tests/conformance/step.h"

void ErrorHook(StatusType Error)
{
    static const OSServiceIdType expected[] = {
        OSServiceId_TerminateTask, OSServiceId_ChainTask,    OSServiceId_Schedule,
        OSServiceId_GetResource,   OSServiceId_ActivateTask, OSServiceId_ReleaseResource,
    };
    static unsigned int calls;

    STEP("ErrorHook(%u), as expected: %u", Error, OSErrorGetServiceId() == expected[calls]);
    calls++;
}

TASK(Low)
{
    GetResource(ResHigh);
    STEP_STATUS(TerminateTask());
    STEP_STATUS(ChainTask(High));
    STEP_STATUS(Schedule());
    STEP_STATUS(GetResource(ResHigh));
    STEP_STATUS(ActivateTask(Low));
    STEP_STATUS(ReleaseResource(ResMiddle));
    ShutdownOS(E_OK);
}
