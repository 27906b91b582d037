/* SPDX-License-Identifier: Apache-2.0
 *
 * An alarm whose task is active calls ErrorHook with E_OS_LIMIT (4) of ActivateTask; the caller of
 * IncrementCounter sees E_OK.
 *
 * Tests: OSEK 11.2, 9.2; rules 6.14, 7.8, 7.9, 8.6
 */
#include "tests/conformance/step.h"

void ErrorHook(StatusType Error)
{
    STEP("ErrorHook(%u), of ActivateTask: %u, High: %u", Error,
         OSErrorGetServiceId() == OSServiceId_ActivateTask, OSError_ActivateTask_TaskID() == High);
}

TASK(Low)
{
    STEP_STATUS(SetRelAlarm(SoftHigh, 1, 0));
    GetResource(RES_SCHEDULER);
    STEP_STATUS(ActivateTask(High));
    STEP_STATUS(IncrementCounter(Software));
    ReleaseResource(RES_SCHEDULER);
    STEP_STATUS(Schedule());
    ShutdownOS(E_OK);
}

PLAIN_TASK(High)
