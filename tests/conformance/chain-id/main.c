/* SPDX-License-Identifier: Apache-2.0
 *
 * ChainTask with an id that is no task's, extended status: E_OS_ID (3), and the caller goes on.
 *
 * Tests: OSEK 13.2.3.3; rules 1.9, 3.25, 7.8, 7.9
 */
#include "tests/conformance/step.h"

void ErrorHook(StatusType Error)
{
    STEP("ErrorHook(%u), of ChainTask: %u", Error, OSErrorGetServiceId() == OSServiceId_ChainTask);
    STEP_VALUE(OSError_ChainTask_TaskID() == INVALID_TASK);
}

TASK(Low)
{
    STEP_STATUS(ChainTask(CFG_TASK_COUNT));
    STEP_STATUS(ChainTask(INVALID_TASK));
    STEP_STATE(Low);
    ShutdownOS(E_OK);
}
