/* SPDX-License-Identifier: Apache-2.0
 *
 * Between DisableAllInterrupts and EnableAllInterrupts no interrupt comes; what was raised comes
 * at once afterwards, the higher level first.
 *
 * Tests: OSEK 13.3.2.1, 13.3.2.2; rules 5.1, 5.9
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    DisableAllInterrupts();
    TRIGGER(IsrLow);
    TRIGGER(IsrHigh);
    TRIGGER(IsrOne);
    STEP("still disabled");
    EnableAllInterrupts();
    STEP("enabled");
    ShutdownOS(E_OK);
}

ISR(IsrLow)
{
    STEP("IsrLow");
}

ISR(IsrHigh)
{
    STEP("IsrHigh");
}

ISR(IsrOne)
{
    STEP("IsrOne");
}
