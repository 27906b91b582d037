/* SPDX-License-Identifier: Apache-2.0
 *
 * GetTaskID gives the running task, before and after it was preempted and after it has waited.
 *
 * Tests: OSEK 13.2.3.5; rules 1.14
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    TaskType task = INVALID_TASK;

    STEP_STATUS(GetTaskID(&task));
    STEP_VALUE(task == Low);
    STEP_STATUS(ActivateTask(Waiter));
    STEP_VALUE(step_self() == Low);
    STEP_STATUS(SetEvent(Waiter, B));
    STEP_VALUE(step_self() == Low);
    ShutdownOS(E_OK);
}

TASK(Waiter)
{
    STEP_VALUE(step_self() == Waiter);
    WaitEvent(B);
    STEP_VALUE(step_self() == Waiter);
    TerminateTask();
}
