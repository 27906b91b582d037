/* SPDX-License-Identifier: Apache-2.0
 *
 * Services that are not allowed in a hook return an error there (E_OS_CALLEVEL, 2) and do nothing;
 * an error inside ErrorHook does not call it again.
 *
 * Tests: OSEK 12.3, 11.2; rules 2.5, 2.7, 2.8, 7.7, 7.11
 */
#include "tests/conformance/step.h"

void ErrorHook(StatusType Error)
{
    STEP("ErrorHook(%u)", Error);
    STEP_STATUS(ActivateTask(Middle));
}

void StartupHook(void)
{
    STEP_STATUS(ActivateTask(Middle));
}

void ShutdownHook(StatusType Error)
{
    STEP("ShutdownHook(%u)", Error);
    STEP_STATUS(TerminateTask());
    ShutdownOS(9);
}

TASK(Low)
{
    STEP_STATUS(ActivateTask(Low));
    ShutdownOS(E_OK);
}

TASK(High)
{
    TerminateTask();
}
