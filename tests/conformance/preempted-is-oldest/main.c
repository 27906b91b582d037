/* SPDX-License-Identifier: Apache-2.0
 *
 * OSEK 4.5: a preempted task is the oldest of its priority: it goes on before the others start.
 */
#include "tests/conformance/step.h"

void ErrorHook(StatusType Error)
{
    STEP("ErrorHook(%u)", Error);
}

TASK(Low)
{
    STEP_STATUS(ActivateTask(First));
    ShutdownOS(E_OK);
}

TASK(First)
{
    STEP("First starts");
    STEP_STATUS(ActivateTask(Second));
    STEP_STATUS(ActivateTask(High));
    STEP("First goes on");
    TerminateTask();
}

TASK(Second)
{
    STEP("Second starts");
    TerminateTask();
}

TASK(High)
{
    static bool again;

    if (again)
        STEP("High again");
    else
        STEP_STATUS(ActivateTask(First));
    again = true;
    TerminateTask();
}
TASK(Third)
{
    STEP("Third must not run");
    TerminateTask();
}
