/* SPDX-License-Identifier: Apache-2.0
 *
 * OSEK 8.5: with a resource taken no task up to its ceiling preempts; ReleaseResource() is the
 * point of rescheduling.
 */
#include "tests/conformance/step.h"

void ErrorHook(StatusType Error)
{
    STEP("ErrorHook(%u)", Error);
}

TASK(Low)
{
    STEP_STATUS(GetResource(ResMiddle));
    STEP_STATUS(ActivateTask(Middle));
    STEP_STATUS(ActivateTask(High));
    STEP_STATUS(ReleaseResource(ResMiddle));
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
