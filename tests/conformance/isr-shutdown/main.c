/* SPDX-License-Identifier: Apache-2.0
 *
 * ShutdownOS in an ISR2 ends the system there: nothing else of the application runs.
 *
 * Tests: OSEK 13.7.2.3; rules 7.12, 7.13
 */
#include "tests/conformance/step.h"

ISR(IsrLow)
{
    STEP_STATUS(ActivateTask(High));
    TRIGGER(IsrHigh);
    ShutdownOS(5);
    STEP("must not come here");
}

ISR(IsrHigh)
{
    STEP("IsrHigh");
}

TASK(Low)
{
    TRIGGER(IsrLow);
    STEP("must not come here");
}
