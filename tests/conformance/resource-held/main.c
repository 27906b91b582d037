/* SPDX-License-Identifier: Apache-2.0
 *
 * OSEK 13.2.3.2-4, extended status: TerminateTask, ChainTask and Schedule with a resource taken
 * return E_OS_RESOURCE (6) and the task goes on; RES_SCHEDULER counts.
 */
#include "tests/conformance/step.h"

void ErrorHook(StatusType Error)
{
    STEP("ErrorHook(%u)", Error);
}

TASK(Low)
{
    STEP_STATUS(GetResource(RES_SCHEDULER));
    STEP_STATUS(ActivateTask(High));
    STEP_STATUS(TerminateTask());
    STEP_STATUS(ChainTask(Middle));
    STEP_STATUS(Schedule());
    STEP_STATUS(ReleaseResource(RES_SCHEDULER));
    STEP_STATUS(Schedule());
    ShutdownOS(E_OK);
}

TASK(High)
{
    STEP("High runs");
    TerminateTask();
}
TASK(Middle)
{
    STEP("Middle must not run");
    TerminateTask();
}
