/* SPDX-License-Identifier: Apache-2.0
 *
 * A task that is released from waiting is the newest of its priority: those that were ready before
 * run first.
 *
 * Tests: OSEK 4.5; rules 3.3, 3.4
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(ActivateTask(Waiter));
    GetResource(RES_SCHEDULER);
    STEP_STATUS(ActivateTask(Many));
    STEP_STATUS(SetEvent(Waiter, A));
    STEP_STATUS(ActivateTask(Other));
    ReleaseResource(RES_SCHEDULER);
    ShutdownOS(E_OK);
}

TASK(Waiter)
{
    STEP("Waiter waits");
    WaitEvent(A);
    STEP("Waiter goes on");
    TerminateTask();
}

PLAIN_TASK(Many)
PLAIN_TASK(Other)
