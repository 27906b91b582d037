/* SPDX-License-Identifier: Apache-2.0
 *
 * StartupHook, then the autostart tasks from the highest down; PreTaskHook and PostTaskHook round
 * each stay in RUNNING, preemption included, in which the task is RUNNING.
 *
 * Tests: OSEK 11.3, 11.5; rules 7.1, 7.10, 3.32
 */
#include "tests/conformance/step.h"

void PreTaskHook(void)
{
    TaskStateType state = SUSPENDED;

    (void)GetTaskState(step_self(), &state);
    STEP("PreTaskHook: task %u running: %u", step_self(), state == RUNNING);
}

void PostTaskHook(void)
{
    TaskStateType state = SUSPENDED;

    (void)GetTaskState(step_self(), &state);
    STEP("PostTaskHook: task %u running: %u", step_self(), state == RUNNING);
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
