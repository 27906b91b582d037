/* SPDX-License-Identifier: Apache-2.0
 *
 * A resource of tasks only leaves all interrupts enabled.
 *
 * Tests: OSEK 8.5, 8.6; rules 4.10, 4.1
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(GetResource(ResTask));
    TRIGGER(IsrLow);
    STEP_STATUS(ReleaseResource(ResTask));
    ShutdownOS(E_OK);
}

ISR(IsrLow)
{
    STEP("IsrLow");
}
