/* SPDX-License-Identifier: Apache-2.0
 *
 * Basic tasks on the shared stack and extended ones on their own preempt each other, wait and end
 * in any order.
 *
 * Tests: OSEK 4.6.1, 7; rules 3.9, 3.10, 3.11
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(ActivateTask(Waiter));
    STEP_STATUS(ActivateTask(Many));
    STEP("Low goes on");
    STEP_STATUS(SetEvent(Upper, A));
    STEP_STATUS(SetEvent(Waiter, B));
    ShutdownOS(E_OK);
}

TASK(Waiter)
{
    STEP_STATUS(ActivateTask(High));
    WaitEvent(A);
    STEP("Waiter has A");
    WaitEvent(B);
    STEP("Waiter has B");
    TerminateTask();
}

TASK(Many)
{
    STEP_STATUS(ActivateTask(Upper));
    STEP_STATUS(SetEvent(Waiter, A));
    STEP("Many ends");
    TerminateTask();
}

TASK(Upper)
{
    STEP_STATUS(ActivateTask(High));
    WaitEvent(A);
    STEP("Upper has A");
    TerminateTask();
}

PLAIN_TASK(High)
