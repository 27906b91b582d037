/* SPDX-License-Identifier: Apache-2.0
 *
 * OSEK 4.6.2: nothing preempts a NON task; it gives way when it ends or calls Schedule().
 */
#include "tests/conformance/step.h"

void ErrorHook(StatusType Error)
{
    STEP("ErrorHook(%u)", Error);
}

TASK(Starter)
{
    STEP_STATUS(ActivateTask(Non));
    ShutdownOS(E_OK);
}

TASK(Non)
{
    STEP("Non starts");
    STEP_STATUS(ActivateTask(High));
    STEP_STATUS(Schedule());
    STEP_STATUS(ActivateTask(Peer));
    STEP_STATUS(ActivateTask(High));
    STEP("Non ends");
    TerminateTask();
}

TASK(Peer)
{
    STEP("Peer runs");
    TerminateTask();
}

TASK(High)
{
    STEP("High runs");
    TerminateTask();
}
TASK(Grouped)
{
    STEP("Grouped must not run");
    TerminateTask();
}

TASK(Middle)
{
    STEP("Middle must not run");
    TerminateTask();
}
