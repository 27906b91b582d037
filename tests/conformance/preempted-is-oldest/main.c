/* SPDX-License-Identifier: Apache-2.0
 *
 * A preempted task is the oldest of its priority: it goes on before the others start.
 *
 * Tests: OSEK 4.5; rules 3.2
 */
#include "tests/conformance/step.h"

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

    if (again) {
        STEP("High again");
    } else {
        STEP_STATUS(ActivateTask(First));
    }
    again = true;
    TerminateTask();
}
