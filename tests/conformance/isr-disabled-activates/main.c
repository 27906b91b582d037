/* SPDX-License-Identifier: Apache-2.0
 *
 * A task that an ISR2 activates right after EnableAllInterrupts runs before the next statement.
 *
 * Tests: OSEK 13.3.2.1, 4.6.1; rules 5.1, 3.13
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    DisableAllInterrupts();
    TRIGGER(IsrLow);
    STEP("still disabled");
    EnableAllInterrupts();
    STEP("enabled");
    ShutdownOS(E_OK);
}

ISR(IsrLow)
{
    STEP_STATUS(ActivateTask(High));
}

PLAIN_TASK(High)
