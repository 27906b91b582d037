/* SPDX-License-Identifier: Apache-2.0
 *
 * ChainTask with a resource taken, extended status: E_OS_RESOURCE (6), nobody is activated and the
 * caller goes on.
 *
 * Tests: OSEK 13.2.3.3, 8.5; rules 1.10, 3.25, 8.5, 4.6
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    GetResource(ResHigh);
    STEP_STATUS(ChainTask(Middle));
    STEP_STATE(Middle);
    STEP_STATUS(ReleaseResource(ResHigh));
    GetResource(RES_SCHEDULER);
    STEP_STATUS(ChainTask(Middle));
    STEP_STATUS(ReleaseResource(RES_SCHEDULER));
    ChainTask(Middle);
}

TASK(Middle)
{
    STEP("Middle runs");
    ShutdownOS(E_OK);
}
