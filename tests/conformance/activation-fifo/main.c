/* SPDX-License-Identifier: Apache-2.0
 *
 * Activations of one priority run in the order of activation, across tasks and not task by task.
 *
 * Tests: OSEK 4.3; rules 3.4, 3.5
 */
#include "tests/conformance/step.h"

TASK(High)
{
    STEP_STATUS(ActivateTask(First));
    STEP_STATUS(ActivateTask(Second));
    STEP_STATUS(ActivateTask(First));
    STEP_STATUS(ActivateTask(Third));
    STEP_STATUS(ActivateTask(First));
    TerminateTask();
}

TASK(First)
{
    STEP("First");
    TerminateTask();
}

TASK(Second)
{
    STEP("Second");
    TerminateTask();
}

TASK(Third)
{
    STEP("Third");
    TerminateTask();
}

TASK(Low)
{
    STEP_STATUS(ActivateTask(High));
    ShutdownOS(E_OK);
}
