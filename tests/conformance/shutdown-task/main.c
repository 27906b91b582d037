/* SPDX-License-Identifier: Apache-2.0
 *
 * ShutdownOS in a task calls ShutdownHook with its code, and nothing of the application runs
 * afterwards.
 *
 * Tests: OSEK 13.7.2.3; rules 7.11, 7.12, 7.13, 8.12
 */
#include "tests/conformance/step.h"

void ShutdownHook(StatusType Error)
{
    STEP("ShutdownHook(%u)", Error);
}

TASK(High)
{
    STEP_STATUS(ActivateTask(Middle));
    ShutdownOS(E_OS_LIMIT);
    STEP("must not come here");
}
