/* SPDX-License-Identifier: Apache-2.0
 *
 * OSEK 13.2.3.1: E_OS_LIMIT (4) is found in standard status too.
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(ActivateTask(Low));
    STEP_STATUS(ActivateTask(High));
    ShutdownOS(E_OK);
}

TASK(High)
{
    STEP("High runs");
    TerminateTask();
}
TASK(Middle)
{
    STEP("Middle must not run");
    TerminateTask();
}
