/* SPDX-License-Identifier: Apache-2.0
 *
 * TerminateTask with a resource taken, extended status: E_OS_RESOURCE (6), and the task goes on
 * with the resource.
 *
 * Tests: OSEK 13.2.3.2, 8.5; rules 1.5, 8.5, 4.6, 1.50
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    GetResource(ResMiddle);
    STEP_STATUS(TerminateTask());
    GetResource(RES_SCHEDULER);
    STEP_STATUS(TerminateTask());
    STEP_STATUS(ReleaseResource(RES_SCHEDULER));
    STEP_STATUS(TerminateTask());
    STEP_STATUS(ReleaseResource(ResMiddle));
    STEP_STATUS(ActivateTask(High));
    TerminateTask();
}

TASK(High)
{
    STEP("High runs");
    ShutdownOS(E_OK);
}
