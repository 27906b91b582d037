/* SPDX-License-Identifier: Apache-2.0
 *
 * SuspendAllInterrupts nests: the interrupt comes at the outermost ResumeAllInterrupts.
 *
 * Tests: OSEK 13.3.2.3, 13.3.2.4; rules 5.2, 5.1
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    SuspendAllInterrupts();
    SuspendAllInterrupts();
    SuspendAllInterrupts();
    TRIGGER(IsrLow);
    ResumeAllInterrupts();
    STEP("two to go");
    ResumeAllInterrupts();
    STEP("one to go");
    ResumeAllInterrupts();
    STEP("resumed");
    ShutdownOS(E_OK);
}

ISR(IsrLow)
{
    STEP("IsrLow");
}
