/* SPDX-License-Identifier: Apache-2.0
 *
 * ActivateTask with an id that is no task's, extended status: E_OS_ID (3), and ErrorHook is told
 * the id.
 *
 * Tests: OSEK 13.2.3.1, 11.2; rules 1.3, 1.50, 7.8, 7.9
 */
#include "tests/conformance/step.h"

void ErrorHook(StatusType Error)
{
    STEP("ErrorHook(%u), of ActivateTask: %u", Error,
         OSErrorGetServiceId() == OSServiceId_ActivateTask);
    STEP_VALUE(OSError_ActivateTask_TaskID() == INVALID_TASK);
}

TASK(Low)
{
    STEP_STATUS(ActivateTask(CFG_TASK_COUNT));
    STEP_STATUS(ActivateTask(INVALID_TASK));
    STEP_STATE(Low);
    ShutdownOS(E_OK);
}
