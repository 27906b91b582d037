/* SPDX-License-Identifier: Apache-2.0
 *
 * OSEK 11.3, 11.5: StartupHook, then the autostart tasks from the highest down; PreTaskHook and
 * PostTaskHook round each stay in RUNNING, preemption included, in which the task is RUNNING.
 */
#include "tests/conformance/step.h"

static unsigned int self(void)
{
    TaskType task = INVALID_TASK;

    (void)GetTaskID(&task);
    return task;
}

void ErrorHook(StatusType Error)
{
    STEP("ErrorHook(%u)", Error);
}

void PreTaskHook(void)
{
    TaskStateType state = SUSPENDED;

    (void)GetTaskState(self(), &state);
    STEP("PreTaskHook: task %u running: %u", self(), state == RUNNING);
}

void PostTaskHook(void)
{
    TaskStateType state = SUSPENDED;

    (void)GetTaskState(self(), &state);
    STEP("PostTaskHook: task %u running: %u", self(), state == RUNNING);
}

void StartupHook(void)
{
    STEP("StartupHook, mode %u", GetActiveApplicationMode());
}

void ShutdownHook(StatusType Error)
{
    STEP("ShutdownHook(%u)", Error);
}

TASK(Low)
{
    STEP("Low");
    (void)ActivateTask(Middle);
    STEP("Low ends");
    ShutdownOS(7);
}

TASK(Middle)
{
    STEP("Middle");
    TerminateTask();
}

TASK(High)
{
    STEP("High");
    TerminateTask();
}
