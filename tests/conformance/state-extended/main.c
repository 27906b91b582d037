/* SPDX-License-Identifier: Apache-2.0
 *
 * The four states of an extended task, as another task sees them: SUSPENDED, READY, WAITING,
 * RUNNING.
 *
 * Tests: OSEK 4.2.1, 13.2.3.6; rules 3.31
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATE(Waiter);
    GetResource(RES_SCHEDULER);
    STEP_STATUS(ActivateTask(Waiter));
    STEP_STATE(Waiter);
    ReleaseResource(RES_SCHEDULER);
    STEP_STATE(Waiter);
    GetResource(RES_SCHEDULER);
    STEP_STATUS(SetEvent(Waiter, A));
    STEP_STATE(Waiter);
    ReleaseResource(RES_SCHEDULER);
    STEP_STATE(Waiter);
    ShutdownOS(E_OK);
}

TASK(Waiter)
{
    STEP_STATE(Waiter);
    STEP_STATUS(WaitEvent(A));
    STEP_STATE(Waiter);
    STEP_STATE(Low);
    TerminateTask();
}
