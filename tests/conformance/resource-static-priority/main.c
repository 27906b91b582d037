/* SPDX-License-Identifier: Apache-2.0
 *
 * GetResource and ReleaseResource by a task whose static priority is above the ceiling, extended
 * status: E_OS_ACCESS (1). The dynamic priority does not count.
 *
 * Tests: OSEK 13.4.3.1, 13.4.3.2; rules 1.18, 1.22, 8.4
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    GetResource(RES_SCHEDULER);
    STEP_STATUS(GetResource(ResMiddle));
    STEP_STATUS(ReleaseResource(ResMiddle));
    ReleaseResource(RES_SCHEDULER);
    ChainTask(High);
}

TASK(High)
{
    STEP_STATUS(GetResource(ResMiddle));
    STEP_STATUS(ReleaseResource(ResMiddle));
    STEP_STATUS(GetResource(ResHigh));
    STEP_STATUS(ReleaseResource(ResHigh));
    ChainTask(Middle);
}

TASK(Middle)
{
    STEP_STATUS(GetResource(ResHigh));
    STEP_STATUS(ReleaseResource(ResHigh));
    ShutdownOS(E_OK);
}
