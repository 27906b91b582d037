/* SPDX-License-Identifier: Apache-2.0
 *
 * An ISR2 wakes an extended task that waits below a preempting one: it goes on in the order of
 * priority.
 *
 * Tests: OSEK 4.6.1, 6, 7; rules 3.13, 3.17
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(ActivateTask(Waiter));
    STEP_STATUS(ActivateTask(Middle));
    STEP("Low goes on");
    ShutdownOS(E_OK);
}

TASK(Waiter)
{
    WaitEvent(A);
    STEP("Waiter goes on");
    TerminateTask();
}

TASK(Middle)
{
    TRIGGER(IsrLow);
    STEP("Middle ends");
    TerminateTask();
}

ISR(IsrLow)
{
    STEP_STATUS(SetEvent(Waiter, A));
    STEP_STATUS(ActivateTask(High));
}

PLAIN_TASK(High)
