/* SPDX-License-Identifier: Apache-2.0
 *
 * Schedule() with a resource taken, extended status: E_OS_RESOURCE (6), and no rescheduling.
 *
 * Tests: OSEK 13.2.3.4, 8.5; rules 1.13, 8.5, 4.6
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    GetResource(ResHigh);
    STEP_STATUS(ActivateTask(High));
    STEP_STATUS(Schedule());
    STEP_STATE(High);
    STEP_STATUS(ReleaseResource(ResHigh));
    STEP_STATUS(GetResource(RES_SCHEDULER));
    STEP_STATUS(Schedule());
    STEP_STATUS(ReleaseResource(RES_SCHEDULER));
    STEP_STATUS(Schedule());
    ShutdownOS(E_OK);
}

PLAIN_TASK(High)
