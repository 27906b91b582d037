/* SPDX-License-Identifier: Apache-2.0
 *
 * IdleHook runs while nothing is ready, with interrupts enabled, and may do what an ISR2 may; no
 * task is running then.
 *
 * Tests: OSEK 13.2.3.5; rules 8.11, 3.33, 3.1
 */
#include "tests/conformance/step.h"

void IdleHook(void)
{
    static unsigned int calls;

    calls++;
    STEP("IdleHook, call %u, task %u", calls, step_self());
    if (calls == 1) {
        TRIGGER(IsrLow);
    } else {
        STEP_STATUS(ActivateTask(Low));
    }
    STEP("IdleHook ends");
}

ISR(IsrLow)
{
    STEP("IsrLow, task %u", step_self());
    STEP_STATUS(ActivateTask(Low));
}

TASK(Low)
{
    static unsigned int runs;

    runs++;
    STEP("Low, run %u", runs);
    if (runs == 3) {
        ShutdownOS(E_OK);
    }
    TerminateTask();
}
