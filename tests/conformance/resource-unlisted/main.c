/* SPDX-License-Identifier: Apache-2.0
 *
 * GetResource does not ask whether OIL lists the resource for its caller: High may take ResB only
 * if its priority allows, Low may take any.
 *
 * Tests: OSEK 8.5, 13.4.3.1; rules 8.4, 1.18
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(GetResource(LinkLinkA));
    STEP_STATUS(ReleaseResource(LinkLinkA));
    STEP_STATUS(ActivateTask(High));
    ShutdownOS(E_OK);
}

TASK(High)
{
    STEP_STATUS(GetResource(ResB));
    STEP_STATUS(GetResource(ResA));
    STEP_STATUS(ReleaseResource(ResA));
    TerminateTask();
}
