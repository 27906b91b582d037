/* SPDX-License-Identifier: Apache-2.0
 *
 * While a task waits, others of its priority run, and the preempted task below goes on when none
 * is left.
 *
 * Tests: OSEK 4.5, 13.5.3.4; rules 3.11, 3.3
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    GetResource(RES_SCHEDULER);
    STEP_STATUS(ActivateTask(Waiter));
    STEP_STATUS(ActivateTask(Other));
    STEP_STATUS(ActivateTask(Many));
    ReleaseResource(RES_SCHEDULER);
    STEP("Low goes on");
    STEP_STATUS(SetEvent(Other, A));
    STEP_STATUS(SetEvent(Waiter, A));
    ShutdownOS(E_OK);
}

TASK(Waiter)
{
    STEP("Waiter waits");
    WaitEvent(A);
    STEP("Waiter goes on");
    TerminateTask();
}

TASK(Other)
{
    STEP("Other waits");
    WaitEvent(A);
    STEP("Other goes on");
    TerminateTask();
}

PLAIN_TASK(Many)
