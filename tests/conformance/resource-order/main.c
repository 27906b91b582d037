/* SPDX-License-Identifier: Apache-2.0
 *
 * ReleaseResource of one that is not taken, or not the last one taken, extended status:
 * E_OS_NOFUNC (5), and nothing changes.
 *
 * Tests: OSEK 13.4.3.2, 8.2; rules 1.20, 1.21, 4.7, 1.50
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(ReleaseResource(ResMiddle));
    STEP_STATUS(ReleaseResource(RES_SCHEDULER));
    GetResource(ResMiddle);
    GetResource(ResHigh);
    GetResource(RES_SCHEDULER);
    STEP_STATUS(ReleaseResource(ResMiddle));
    STEP_STATUS(ReleaseResource(ResHigh));
    STEP_STATUS(ReleaseResource(RES_SCHEDULER));
    STEP_STATUS(ReleaseResource(ResMiddle));
    STEP_STATUS(ReleaseResource(ResHigh));
    STEP_STATUS(ReleaseResource(ResMiddle));
    STEP_STATUS(ReleaseResource(ResMiddle));
    ShutdownOS(E_OK);
}
