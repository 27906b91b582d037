/* SPDX-License-Identifier: Apache-2.0
 *
 * With a resource taken no task up to its ceiling preempts; ReleaseResource() is the point of
 * rescheduling.
 *
 * Tests: OSEK 8.5; rules 4.1, 3.12
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(GetResource(ResMiddle));
    STEP_STATUS(ActivateTask(Middle));
    STEP_STATUS(ActivateTask(High));
    STEP_STATUS(ReleaseResource(ResMiddle));
    ShutdownOS(E_OK);
}

PLAIN_TASK(Middle)

PLAIN_TASK(High)
