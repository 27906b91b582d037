/* SPDX-License-Identifier: Apache-2.0
 *
 * RES_SCHEDULER inside a resource and a resource inside RES_SCHEDULER: each release restores the
 * priority before.
 *
 * Tests: OSEK 8.3, 8.5; rules 4.2, 4.4, 4.7
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    GetResource(ResMiddle);
    GetResource(RES_SCHEDULER);
    STEP_STATUS(ActivateTask(High));
    STEP_STATUS(ActivateTask(Middle));
    STEP_STATUS(ReleaseResource(RES_SCHEDULER));
    STEP_STATUS(ReleaseResource(ResMiddle));
    GetResource(RES_SCHEDULER);
    GetResource(ResMiddle);
    STEP_STATUS(ActivateTask(High));
    STEP_STATUS(ReleaseResource(ResMiddle));
    STEP_STATUS(ReleaseResource(RES_SCHEDULER));
    ShutdownOS(E_OK);
}

PLAIN_TASK(Middle)
PLAIN_TASK(High)
