/* SPDX-License-Identifier: Apache-2.0
 *
 * Each activation starts the task at its first statement, with new local variables.
 *
 * Tests: OSEK 13.2.3.1, 4.2; rules 3.19
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(ActivateTask(High));
    STEP_STATUS(ActivateTask(High));
    ShutdownOS(E_OK);
}

TASK(High)
{
    unsigned int local = 1;

    STEP("first statement, local %u", local);
    local++;
    STEP("last statement, local %u", local);
    TerminateTask();
}
