/* SPDX-License-Identifier: Apache-2.0
 *
 * SetEvent to a waiting task below the caller makes it ready only.
 *
 * Tests: OSEK 13.5.3.1, 4.6.1; rules 3.10, 6.1
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(ActivateTask(Waiter));
    STEP_STATUS(Schedule());
    STEP_STATUS(ActivateTask(High));
    STEP_STATUS(Schedule());
    ShutdownOS(E_OK);
}

TASK(High)
{
    STEP_STATE(Waiter);
    STEP_STATUS(SetEvent(Waiter, A));
    STEP_STATE(Waiter);
    TerminateTask();
}

TASK(Waiter)
{
    STEP("Waiter waits");
    STEP_STATUS(WaitEvent(A));
    STEP_EVENTS(Waiter);
    TerminateTask();
}
