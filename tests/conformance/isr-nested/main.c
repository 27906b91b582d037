/* SPDX-License-Identifier: Apache-2.0
 *
 * A higher ISR2 interrupts a lower one; a task that either activates runs only when the last one
 * has ended.
 *
 * Tests: OSEK 6; rules 5.9, 3.17, 3.13
 */
#include "tests/conformance/step.h"

ISR(IsrLow)
{
    STEP("IsrLow begins");
    STEP_STATUS(ActivateTask(Middle));
    TRIGGER(IsrHigh);
    STEP("IsrLow ends");
}

ISR(IsrHigh)
{
    STEP_STATUS(ActivateTask(High));
    STEP("IsrHigh ends");
}

TASK(Low)
{
    TRIGGER(IsrLow);
    STEP("Low goes on");
    ShutdownOS(E_OK);
}

PLAIN_TASK(Middle)
PLAIN_TASK(High)
