/* SPDX-License-Identifier: Apache-2.0
 *
 * No deadlock and no priority inversion: two tasks that take two resources in opposite orders
 * never meet, because the second does not start.
 *
 * Tests: OSEK 8.4, 8.5; rules 4.19, 4.1
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(GetResource(ResMiddle));
    STEP_STATUS(ActivateTask(Middle));
    STEP_STATUS(GetResource(ResHigh));
    STEP("Low has both");
    STEP_STATUS(ReleaseResource(ResHigh));
    STEP_STATUS(ReleaseResource(ResMiddle));
    ShutdownOS(E_OK);
}

TASK(Middle)
{
    STEP_STATUS(GetResource(ResHigh));
    STEP_STATUS(GetResource(ResMiddle));
    STEP("Middle has both");
    STEP_STATUS(ReleaseResource(ResMiddle));
    STEP_STATUS(ReleaseResource(ResHigh));
    TerminateTask();
}
