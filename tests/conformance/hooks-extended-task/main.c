/* SPDX-License-Identifier: Apache-2.0
 *
 * PreTaskHook and PostTaskHook round a task that waits and goes on: PostTaskHook before it waits,
 * PreTaskHook when it is RUNNING again.
 *
 * Tests: OSEK 11.5; rules 7.10, 3.32
 */
#include "tests/conformance/step.h"

void PreTaskHook(void)
{
    STEP("PreTaskHook: task %u is %s", step_self(), step_state(step_self()));
}

void PostTaskHook(void)
{
    STEP("PostTaskHook: task %u is %s", step_self(), step_state(step_self()));
}

TASK(High)
{
    ActivateTask(Waiter);
    TerminateTask();
}

TASK(Waiter)
{
    WaitEvent(A);
    STEP("Waiter goes on");
    TerminateTask();
}

TASK(Low)
{
    STEP_STATUS(SetEvent(Waiter, A));
    ShutdownOS(E_OK);
}
