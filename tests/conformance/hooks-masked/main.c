/* SPDX-License-Identifier: Apache-2.0
 *
 * PreTaskHook and PostTaskHook run with category 2 masked: an interrupt raised in one comes when
 * it has ended.
 *
 * Tests: OSEK 11.1, 11.5; rules 5.6
 */
#include "tests/conformance/step.h"

static unsigned int armed;

void PreTaskHook(void)
{
    if (armed == 0 || step_self() != Middle) {
        return;
    }
    TRIGGER(IsrLow);
    STEP("PreTaskHook ends");
}

void PostTaskHook(void)
{
    if (armed == 0 || step_self() != Middle) {
        return;
    }
    TRIGGER(IsrLow);
    STEP("PostTaskHook ends");
}

ISR(IsrLow)
{
    STEP("IsrLow");
}

TASK(High)
{
    TerminateTask();
}

PLAIN_TASK(Middle)

TASK(Low)
{
    armed = 1;
    STEP_STATUS(ActivateTask(Middle));
    ShutdownOS(E_OK);
}
