/* SPDX-License-Identifier: Apache-2.0
 *
 * While a task holds a resource that an ISR2 uses, that interrupt and lower ones wait; higher ones
 * come. At the release all come, before any task.
 *
 * Tests: OSEK 8.6; rules 4.9, 4.10
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(GetResource(ResMiddle));
    TRIGGER(IsrLow);
    TRIGGER(IsrMiddle);
    TRIGGER(IsrHigh);
    TRIGGER(IsrOne);
    STEP("Low has the resource");
    STEP_STATUS(ReleaseResource(ResMiddle));
    STEP_STATUS(GetResource(ResLow));
    TRIGGER(IsrLow);
    TRIGGER(IsrMiddle);
    STEP("Low has the lower resource");
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

ISR(IsrHigh)
{
    STEP("IsrHigh");
}

ISR(IsrOne)
{
    STEP("IsrOne");
}
