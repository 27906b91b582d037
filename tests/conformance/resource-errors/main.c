/* SPDX-License-Identifier: Apache-2.0
 *
 * Taken twice E_OS_ACCESS (1); above the ceiling E_OS_ACCESS; release of one not taken, or not
 * taken last, E_OS_NOFUNC (5); no such resource E_OS_ID (3). Nothing changes.
 *
 * Tests: OSEK 13.4.3.1, 13.4.3.2; rules 1.16, 1.17, 1.18, 1.19, 1.20, 1.21, 1.22
 */
#include "tests/conformance/step.h"

#define NO_RESOURCE CFG_RESOURCE_COUNT

TASK(Low)
{
    STEP_STATUS(GetResource(ResMiddle));
    STEP_STATUS(GetResource(ResMiddle));
    STEP_STATUS(ReleaseResource(ResHigh));
    STEP_STATUS(GetResource(ResHigh));
    STEP_STATUS(ReleaseResource(ResMiddle));
    STEP_STATUS(GetResource(NO_RESOURCE));
    STEP_STATUS(ReleaseResource(NO_RESOURCE));
    STEP_STATUS(ReleaseResource(ResHigh));
    STEP_STATUS(ReleaseResource(ResMiddle));
    STEP_STATUS(ActivateTask(High));
    ShutdownOS(E_OK);
}

TASK(High)
{
    STEP_STATUS(GetResource(ResMiddle));
    STEP_STATUS(ReleaseResource(ResMiddle));
    TerminateTask();
}
