/* SPDX-License-Identifier: Apache-2.0
 *
 * An ISR2 that takes a resource keeps a higher ISR2 that uses it away until the release.
 *
 * Tests: OSEK 8.6; rules 4.11, 4.9, 4.10
 */
#include "tests/conformance/step.h"

ISR(IsrLow)
{
    STEP_STATUS(GetResource(ResMiddle));
    TRIGGER(IsrMiddle);
    TRIGGER(IsrHigh);
    STEP("IsrLow has the resource");
    STEP_STATUS(ReleaseResource(ResMiddle));
    STEP("IsrLow ends");
}

ISR(IsrMiddle)
{
    STEP_STATUS(GetResource(ResMiddle));
    STEP_STATUS(ReleaseResource(ResMiddle));
}

ISR(IsrHigh)
{
    STEP("IsrHigh");
}

TASK(Low)
{
    TRIGGER(IsrLow);
    ShutdownOS(E_OK);
}
