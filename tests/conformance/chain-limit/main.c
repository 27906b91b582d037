/* SPDX-License-Identifier: Apache-2.0
 *
 * ChainTask to a task with no activation left returns E_OS_LIMIT (4) and the caller goes on;
 * ChainTask to another ends the caller and starts that.
 *
 * Tests: OSEK 13.2.3.3; rules 1.8, 3.25
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(ActivateTask(High));
    STEP("Low goes on");
    ShutdownOS(E_OK);
}

TASK(High)
{
    STEP_STATUS(ChainTask(Low));
    STEP("High goes on");
    STEP_STATUS(ChainTask(Middle));
    STEP("not reached");
}

PLAIN_TASK(Middle)
