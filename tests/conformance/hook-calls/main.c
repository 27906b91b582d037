/* SPDX-License-Identifier: Apache-2.0
 *
 * OSEK 12.3, 11.2: services that are not allowed in a hook return an error there (E_OS_CALLEVEL, 2)
 * and do nothing; an error inside ErrorHook does not call it again.
 */
#include "tests/conformance/step.h"

void ErrorHook(StatusType Error)
{
    STEP("ErrorHook(%u)", Error);
    STEP_STATUS(ActivateTask(Middle));
}

void PreTaskHook(void)
{
}

void PostTaskHook(void)
{
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
TASK(Middle)
{
    STEP("Middle must not run");
    TerminateTask();
}
