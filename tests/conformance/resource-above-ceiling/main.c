/* SPDX-License-Identifier: Apache-2.0
 *
 * A task above the ceiling preempts the holder of a resource; one at the ceiling waits for the
 * release.
 *
 * Tests: OSEK 8.5; rules 4.1, 3.12
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(GetResource(ResMiddle));
    STEP_STATUS(ActivateTask(Middle));
    STEP_STATUS(ActivateTask(High));
    STEP("Low goes on");
    STEP_STATUS(ReleaseResource(ResMiddle));
    ShutdownOS(E_OK);
}

PLAIN_TASK(Middle)
PLAIN_TASK(High)
