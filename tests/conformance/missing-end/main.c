/* SPDX-License-Identifier: Apache-2.0
 *
 * A task function that returns is E_OS_MISSINGEND (18) to ErrorHook; its resources are released,
 * its interrupt sections closed, and it ends.
 *
 * Tests: AUTOSAR 7.1; rules 8.10
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(ActivateTask(High));
    STEP_STATUS(GetResource(ResHigh));
    STEP_STATUS(ReleaseResource(ResHigh));
    STEP_STATUS(ActivateTask(Middle));
    ShutdownOS(E_OK);
}

PLAIN_TASK(Middle)

TASK(High)
{
    STEP_STATUS(GetResource(ResHigh));
    SuspendAllInterrupts();
}
