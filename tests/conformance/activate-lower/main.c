/* SPDX-License-Identifier: Apache-2.0
 *
 * OSEK 4.6.1, 13.2.3.1: ActivateTask of a lower task only makes it ready; it runs after the higher
 * one has ended, and before those below it.
 */
#include "tests/conformance/step.h"

void ErrorHook(StatusType Error)
{
    STEP("ErrorHook(%u)", Error);
}

TASK(Low)
{
    STEP_STATUS(ActivateTask(High));
    STEP("Low ends");
    ShutdownOS(E_OK);
}

TASK(Middle)
{
    STEP("Middle runs");
    TerminateTask();
}

TASK(High)
{
    STEP_STATUS(ActivateTask(Middle));
    STEP("High ends");
    TerminateTask();
}
