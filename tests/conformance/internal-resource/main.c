/* SPDX-License-Identifier: Apache-2.0
 *
 * OSEK 8.7, 13.2.3.4: a task with an internal resource is not preempted up to the ceiling, but
 * above it; Schedule() lets those between its own priority and the ceiling run, and those of its
 * own not.
 */
#include "tests/conformance/step.h"

void ErrorHook(StatusType Error)
{
    STEP("ErrorHook(%u)", Error);
}

TASK(Starter)
{
    STEP_STATUS(ActivateTask(Grouped));
    ShutdownOS(E_OK);
}

TASK(Grouped)
{
    STEP("Grouped starts");
    STEP_STATUS(ActivateTask(Middle));
    STEP_STATUS(ActivateTask(High));
    STEP_STATUS(ActivateTask(Peer));
    STEP_STATUS(Schedule());
    STEP_STATUS(ActivateTask(Middle));
    STEP("Grouped ends");
    TerminateTask();
}

TASK(Peer)
{
    STEP("Peer runs");
    TerminateTask();
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
TASK(Non)
{
    STEP("Non must not run");
    TerminateTask();
}
