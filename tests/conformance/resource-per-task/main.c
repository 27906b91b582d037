/* SPDX-License-Identifier: Apache-2.0
 *
 * What a preempted task holds does not count for the preempting one, and the other way round.
 *
 * Tests: OSEK 8.5, 13.2.3.2, 13.4.3.2; rules 1.20, 4.2, 1.50
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    GetResource(ResMiddle);
    STEP_STATUS(ActivateTask(High));
    STEP_STATUS(ReleaseResource(ResMiddle));
    ShutdownOS(E_OK);
}

TASK(High)
{
    STEP_STATUS(Schedule());
    STEP_STATUS(ReleaseResource(ResHigh));
    STEP_STATUS(GetResource(ResHigh));
    STEP_STATUS(ReleaseResource(ResHigh));
    STEP_STATUS(TerminateTask());
}
