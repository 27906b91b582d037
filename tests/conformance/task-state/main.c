/* SPDX-License-Identifier: Apache-2.0
 *
 * GetTaskState() of a running, a preempted, a ready and a suspended task; GetTaskID().
 *
 * Tests: OSEK 13.2.3.5, 13.2.3.6; rules 3.31, 1.14
 */
#include "tests/conformance/step.h"

static const char *state_of(TaskType task)
{
    static const char *const names[] = {
        [SUSPENDED] = "suspended",
        [READY] = "ready",
        [WAITING] = "waiting",
        [RUNNING] = "running",
    };
    TaskStateType state = WAITING;

    (void)GetTaskState(task, &state);
    return names[state];
}

static void show(void)
{
    TaskType self = INVALID_TASK;

    (void)GetTaskID(&self);
    STEP("task %u: Low %s, Middle %s, High %s", self, state_of(Low), state_of(Middle),
         state_of(High));
}

TASK(Low)
{
    TaskStateType state;

    show();
    (void)ActivateTask(High);
    show();
    STEP_STATUS(GetTaskState(INVALID_TASK, &state));
    ShutdownOS(E_OK);
}

TASK(Middle)
{
    show();
    TerminateTask();
}

TASK(High)
{
    show();
    (void)ActivateTask(Middle);
    show();
    TerminateTask();
}
