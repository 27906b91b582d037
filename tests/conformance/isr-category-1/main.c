/* SPDX-License-Identifier: Apache-2.0
 *
 * A category 1 ISR returns to exactly where it came from: a task that a lower ISR2 has activated
 * does not run at its end.
 *
 * Tests: OSEK 6; rules 5.8, 2.4
 */
#include "tests/conformance/step.h"

ISR(IsrOne)
{
    STEP("IsrOne");
}

ISR(IsrLow)
{
    STEP_STATUS(ActivateTask(High));
    TRIGGER(IsrOne);
    STEP("IsrLow goes on");
}

TASK(Low)
{
    GetResource(RES_SCHEDULER);
    TRIGGER(IsrLow);
    TRIGGER(IsrOne);
    STEP("Low goes on");
    ReleaseResource(RES_SCHEDULER);
    TRIGGER(IsrOne);
    ShutdownOS(E_OK);
}

PLAIN_TASK(High)
