/* SPDX-License-Identifier: Apache-2.0
 *
 * GetTaskState of no task, extended status: E_OS_ID (3); ErrorHook can ask for both parameters.
 *
 * Tests: OSEK 13.2.3.6, 11.2; rules 1.15, 7.8, 7.9
 */
#include "tests/conformance/step.h"

static TaskStateType state;

void ErrorHook(StatusType Error)
{
    STEP("ErrorHook(%u)", Error);
    STEP_VALUE(OSErrorGetServiceId() == OSServiceId_GetTaskState);
    STEP_VALUE(OSError_GetTaskState_TaskID() == INVALID_TASK);
    STEP_VALUE(OSError_GetTaskState_State() == &state);
}

TASK(Low)
{
    STEP_STATUS(GetTaskState(INVALID_TASK, &state));
    STEP_STATUS(GetTaskState(CFG_TASK_COUNT, &state));
    STEP_STATUS(GetTaskState(Low, &state));
    STEP_VALUE(state == RUNNING);
    ShutdownOS(E_OK);
}
