/* SPDX-License-Identifier: Apache-2.0
 *
 * OSEK 13.2.3.4: Schedule() has no effect in a preemptable task: tasks of the same priority do not
 * take turns.
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
    STEP_STATUS(ActivateTask(Second));
    STEP_STATUS(Schedule());
    STEP("First ends");
    TerminateTask();
}

TASK(Second)
{
    STEP("Second runs");
    TerminateTask();
}
TASK(Third)
{
    STEP("Third must not run");
    TerminateTask();
}

TASK(High)
{
    STEP("High must not run");
    TerminateTask();
}
