/* SPDX-License-Identifier: Apache-2.0
 *
 * SuspendOSInterrupts nests and masks category 2: the interrupt comes at the outermost
 * ResumeOSInterrupts.
 *
 * Tests: OSEK 13.3.2.5, 13.3.2.6; rules 5.3, 5.5
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    SuspendOSInterrupts();
    SuspendOSInterrupts();
    TRIGGER(IsrLow);
    ResumeOSInterrupts();
    STEP("one to go");
    ResumeOSInterrupts();
    STEP("resumed");
    ShutdownOS(E_OK);
}

ISR(IsrLow)
{
    STEP("IsrLow");
}
