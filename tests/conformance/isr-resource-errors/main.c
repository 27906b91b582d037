/* SPDX-License-Identifier: Apache-2.0
 *
 * Resources in an ISR2, extended status: E_OS_ACCESS (1) if its level is above the ceiling or no
 * ISR2 uses the resource; E_OS_NOFUNC (5) if it does not hold it; E_OS_ID (3).
 *
 * Tests: OSEK 8.6, 13.4.3.1, 13.4.3.2; rules 1.16, 1.18, 1.20, 8.4
 */
#include "tests/conformance/step.h"

ISR(IsrHigh)
{
    STEP_STATUS(GetResource(ResMiddle));
    STEP_STATUS(GetResource(ResTask));
}

ISR(IsrLow)
{
    STEP_STATUS(GetResource(CFG_RESOURCE_COUNT));
    STEP_STATUS(ReleaseResource(ResLow));
    STEP_STATUS(GetResource(ResLow));
    STEP_STATUS(GetResource(ResLow));
    STEP_STATUS(GetResource(ResMiddle));
    STEP_STATUS(ReleaseResource(ResLow));
    STEP_STATUS(ReleaseResource(ResMiddle));
    STEP_STATUS(ReleaseResource(ResLow));
}

TASK(Low)
{
    TRIGGER(IsrHigh);
    TRIGGER(IsrLow);
    ShutdownOS(E_OK);
}
