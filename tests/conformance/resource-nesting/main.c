/* SPDX-License-Identifier: Apache-2.0
 *
 * OSEK 8.5: ReleaseResource() restores the previous dynamic priority, not the static one.
 */
#include "tests/conformance/step.h"

void ErrorHook(StatusType Error)
{
    STEP("ErrorHook(%u)", Error);
}

TASK(Low)
{
    STEP_STATUS(GetResource(ResMiddle));
    STEP_STATUS(GetResource(ResHigh));
    STEP_STATUS(ActivateTask(High));
    STEP_STATUS(ActivateTask(Middle));
    STEP_STATUS(ReleaseResource(ResHigh));
    STEP_STATUS(ReleaseResource(ResMiddle));
    STEP_STATUS(GetResource(ResHigh));
    STEP_STATUS(GetResource(ResMiddle));
    STEP_STATUS(ActivateTask(High));
    STEP_STATUS(ReleaseResource(ResMiddle));
    STEP_STATUS(ReleaseResource(ResHigh));
    ShutdownOS(E_OK);
}

TASK(Middle)
{
    STEP("Middle runs");
    TerminateTask();
}

TASK(High)
{
    STEP("High runs");
    TerminateTask();
}
