/* SPDX-License-Identifier: Apache-2.0
 *
 * Events that are set while the task does not wait are kept: each SetEvent adds, none is lost.
 *
 * Tests: OSEK 7, 13.5.3.1; rules 6.1, 6.22, 6.4
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    GetResource(RES_SCHEDULER);
    STEP_STATUS(ActivateTask(Waiter));
    STEP_EVENTS(Waiter);
    STEP_STATUS(SetEvent(Waiter, A));
    STEP_EVENTS(Waiter);
    STEP_STATUS(SetEvent(Waiter, B));
    STEP_STATUS(SetEvent(Waiter, A));
    STEP_EVENTS(Waiter);
    ReleaseResource(RES_SCHEDULER);
    ShutdownOS(E_OK);
}

TASK(Waiter)
{
    STEP("Waiter starts");
    STEP_EVENTS(Waiter);
    STEP_STATUS(WaitEvent(A));
    STEP_STATUS(WaitEvent(B));
    STEP_EVENTS(Waiter);
    TerminateTask();
}
