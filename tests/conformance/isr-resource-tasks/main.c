/* SPDX-License-Identifier: Apache-2.0
 *
 * A resource that an ISR2 uses keeps all tasks away too; one that a higher ISR2 activates runs at
 * the release.
 *
 * Tests: OSEK 8.6, 8.5; rules 4.9, 3.13
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(GetResource(ResLow));
    STEP_STATUS(ActivateTask(Middle));
    TRIGGER(IsrHigh);
    STEP("Low has the resource");
    STEP_STATUS(ReleaseResource(ResLow));
    ShutdownOS(E_OK);
}

ISR(IsrHigh)
{
    STEP_STATUS(ActivateTask(High));
}

PLAIN_TASK(Middle)
PLAIN_TASK(High)
