/* SPDX-License-Identifier: Apache-2.0
 *
 * Schedule() has no effect in a preemptable task: tasks of the same priority do not take turns.
 *
 * Tests: OSEK 13.2.3.4; rules 3.28, 3.29
 */
#include "tests/conformance/step.h"

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

PLAIN_TASK(Second)
