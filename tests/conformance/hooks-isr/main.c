/* SPDX-License-Identifier: Apache-2.0
 *
 * An interrupt alone calls no task hook; a preemption at its end does.
 *
 * Tests: OSEK 11.5, 6; rules 7.10, 3.13, 5.6
 */
#include "tests/conformance/step.h"

void PreTaskHook(void)
{
    STEP("PreTaskHook: task %u", step_self());
}

void PostTaskHook(void)
{
    STEP("PostTaskHook: task %u", step_self());
}

PLAIN_TASK(Middle)

TASK(High)
{
    TerminateTask();
}

ISR(IsrLow)
{
    static unsigned int times;

    times++;
    STEP("IsrLow, time %u", times);
    if (times == 2) {
        ActivateTask(Middle);
    }
}

TASK(Low)
{
    TRIGGER(IsrLow);
    TRIGGER(IsrLow);
    ShutdownOS(E_OK);
}
