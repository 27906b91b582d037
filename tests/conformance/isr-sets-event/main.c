/* SPDX-License-Identifier: Apache-2.0
 *
 * An ISR2 sets an event: the waiting task is ready at once and runs when the ISR ends.
 *
 * Tests: OSEK 4.6.1, 6, 13.5.3.1; rules 3.13, 3.17, 2.2, 6.6
 */
#include "tests/conformance/step.h"

ISR(IsrLow)
{
    STEP_STATE(Waiter);
    STEP_STATUS(SetEvent(Waiter, A));
    STEP_STATE(Waiter);
    STEP_EVENTS(Waiter);
}

TASK(Low)
{
    STEP_STATUS(ActivateTask(Waiter));
    STEP_STATUS(Schedule());
    TRIGGER(IsrLow);
    STEP("Low goes on");
    STEP_STATUS(Schedule());
    ShutdownOS(E_OK);
}

TASK(Waiter)
{
    STEP_STATUS(WaitEvent(A));
    STEP("Waiter goes on");
    TerminateTask();
}
