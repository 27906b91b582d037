/* SPDX-License-Identifier: Apache-2.0
 *
 * In a NON task, tasks that several ISR2s activated run in the order of priority at Schedule().
 *
 * Tests: OSEK 4.6.2, 6; rules 3.16, 3.27, 3.34
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    TRIGGER(IsrLow);
    TRIGGER(IsrHigh);
    STEP("Low goes on");
    STEP_STATUS(Schedule());
    ShutdownOS(E_OK);
}

ISR(IsrLow)
{
    STEP_STATUS(ActivateTask(Middle));
}

ISR(IsrHigh)
{
    STEP_STATUS(ActivateTask(High));
}

PLAIN_TASK(Middle)
PLAIN_TASK(High)
