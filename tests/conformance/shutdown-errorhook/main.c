/* SPDX-License-Identifier: Apache-2.0
 *
 * ShutdownOS in ErrorHook: the service that failed does not return.
 *
 * Tests: OSEK 13.7.2.3, 11.2; rules 7.12, 2.5, 7.13
 */
#include "tests/conformance/step.h"

void ErrorHook(StatusType Error)
{
    STEP("ErrorHook(%u)", Error);
    ShutdownOS(Error);
    STEP("must not come here");
}

void ShutdownHook(StatusType Error)
{
    STEP("ShutdownHook(%u)", Error);
}

TASK(High)
{
    STEP_STATUS(ActivateTask(High));
}
