/* SPDX-License-Identifier: Apache-2.0
 *
 * ReleaseResource() restores the previous dynamic priority, not the static one.
 *
 * Tests: OSEK 8.5; rules 4.2
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(GetResource(ResMiddle));
    STEP_STATUS(GetResource(ResHigh));
    STEP_STATUS(ActivateTask(High));
    STEP_STATUS(ActivateTask(Middle));
    STEP_STATUS(ReleaseResource(ResHigh));
    STEP_STATUS(ReleaseResource(ResMiddle));
    STEP_STATUS(GetResource(ResHigh));
    STEP_STATUS(GetResource(ResMiddle));
    STEP_STATUS(ActivateTask(High));
    STEP_STATUS(ReleaseResource(ResMiddle));
    STEP_STATUS(ReleaseResource(ResHigh));
    ShutdownOS(E_OK);
}

PLAIN_TASK(Middle)

PLAIN_TASK(High)
