/* SPDX-License-Identifier: Apache-2.0
 *
 * StartupHook runs with all user interrupts off: one that is raised in it comes later.
 *
 * Tests: OSEK 11.3; rules 7.1, 5.6
 */
#include "tests/conformance/step.h"

void StartupHook(void)
{
    TRIGGER(IsrHigh);
    STEP("StartupHook ends");
}

ISR(IsrHigh)
{
    STEP("IsrHigh");
}

TASK(Low)
{
    STEP("Low runs");
    ShutdownOS(E_OK);
}
