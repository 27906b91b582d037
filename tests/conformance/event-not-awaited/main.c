/* SPDX-License-Identifier: Apache-2.0
 *
 * An event that the task does not wait for is set and does not release it; the awaited one does.
 *
 * Tests: OSEK 7, 13.5.3.1, 13.5.3.4; rules 6.6, 6.4
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(ActivateTask(Waiter));
    STEP_STATUS(SetEvent(Waiter, B));
    STEP_STATE(Waiter);
    STEP_EVENTS(Waiter);
    STEP_STATUS(SetEvent(Waiter, A));
    STEP_STATE(Waiter);
    ShutdownOS(E_OK);
}

TASK(Waiter)
{
    STEP("Waiter waits");
    STEP_STATUS(WaitEvent(A));
    STEP_EVENTS(Waiter);
    TerminateTask();
}
