/* SPDX-License-Identifier: Apache-2.0
 *
 * One activation too many is E_OS_LIMIT (4), changes nothing, and ErrorHook runs before the call
 * returns and can ask for service and parameter.
 *
 * Tests: OSEK 13.2.3.1, 11.2; rules 1.2, 7.5, 7.8, 7.9, 1.50
 */
#include "tests/conformance/step.h"

void ErrorHook(StatusType Error)
{
    STEP("ErrorHook(%u): service is ActivateTask: %u, TaskID is Low: %u", Error,
         OSErrorGetServiceId() == OSServiceId_ActivateTask, OSError_ActivateTask_TaskID() == Low);
}

TASK(Low)
{
    static unsigned int runs;

    runs++;
    STEP("Low starts, run %u", runs);
    STEP_STATUS(ActivateTask(Low));
    STEP_STATUS(ActivateTask(High));
    ShutdownOS(E_OK);
}

TASK(High)
{
    STEP_STATUS(ActivateTask(Low));
    TerminateTask();
}
