/* SPDX-License-Identifier: Apache-2.0
 *
 * SetEvent to a waiting task above a preemptable caller is a point of rescheduling; a NON caller
 * goes on.
 *
 * Tests: OSEK 13.5.3.1, 4.6.1, 4.6.2; rules 3.10, 3.15, 3.18, 6.5
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(ActivateTask(Waiter));
    STEP_STATUS(Schedule());
    STEP_STATUS(SetEvent(Waiter, A));
    STEP("Low ends");
    STEP_STATUS(Schedule());
    ShutdownOS(E_OK);
}

TASK(Waiter)
{
    STEP("Waiter waits");
    STEP_STATUS(WaitEvent(A));
    STEP_EVENTS(Waiter);
    TerminateTask();
}
