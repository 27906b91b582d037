/* SPDX-License-Identifier: Apache-2.0
 *
 * Resources of ISR2s nest: the inner release goes back to what the outer one masks.
 *
 * Tests: OSEK 8.6, 8.5; rules 4.10, 4.2, 4.7
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(GetResource(ResLow));
    STEP_STATUS(GetResource(ResMiddle));
    TRIGGER(IsrLow);
    TRIGGER(IsrMiddle);
    STEP("Low has both");
    STEP_STATUS(ReleaseResource(ResMiddle));
    STEP("Low has the lower one");
    STEP_STATUS(ReleaseResource(ResLow));
    ShutdownOS(E_OK);
}

ISR(IsrLow)
{
    STEP("IsrLow");
}

ISR(IsrMiddle)
{
    STEP("IsrMiddle");
}
