/* SPDX-License-Identifier: Apache-2.0
 *
 * A task with an internal resource is not preempted up to the ceiling, but above it; Schedule()
 * lets those between its own priority and the ceiling run, and those of its own not.
 *
 * Tests: OSEK 8.7, 13.2.3.4; rules 3.27, 4.12
 */
#include "tests/conformance/step.h"

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

PLAIN_TASK(Peer)

PLAIN_TASK(Middle)

PLAIN_TASK(High)
