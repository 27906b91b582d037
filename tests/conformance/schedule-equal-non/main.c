/* SPDX-License-Identifier: Apache-2.0
 *
 * Schedule() in a NON task does not let tasks of the same priority run.
 *
 * Tests: OSEK 13.2.3.4; rules 3.29, 3.2
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    ChainTask(First);
}

TASK(First)
{
    STEP_STATUS(ActivateTask(Second));
    STEP_STATUS(ActivateTask(High));
    STEP_STATUS(ActivateTask(Third));
    STEP_STATUS(Schedule());
    STEP("First goes on");
    TerminateTask();
}

PLAIN_TASK(Second)
PLAIN_TASK(High)

TASK(Third)
{
    STEP("Third runs");
    ShutdownOS(E_OK);
}
