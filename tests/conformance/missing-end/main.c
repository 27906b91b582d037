/* SPDX-License-Identifier: Apache-2.0
 *
 * AUTOSAR's rule in extended status: a task function that returns is E_OS_MISSINGEND (18) to
 * ErrorHook; its resources are released, its interrupt sections closed, and it ends.
 */
#include "tests/conformance/step.h"

void ErrorHook(StatusType Error)
{
    STEP("ErrorHook(%u)", Error);
}

TASK(Low)
{
    STEP_STATUS(ActivateTask(High));
    STEP_STATUS(GetResource(ResHigh));
    STEP_STATUS(ReleaseResource(ResHigh));
    STEP_STATUS(ActivateTask(Middle));
    ShutdownOS(E_OK);
}

TASK(Middle)
{
    STEP("Middle runs");
    TerminateTask();
}

TASK(High)
{
    STEP_STATUS(GetResource(ResHigh));
    SuspendAllInterrupts();
}
