/* SPDX-License-Identifier: Apache-2.0
 *
 * TerminateTask and ChainTask release the internal resource, which makes no E_OS_RESOURCE.
 *
 * Tests: OSEK 8.7, 13.2.3.2, 13.2.3.3; rules 4.15, 4.16
 */
#include "tests/conformance/step.h"

TASK(Starter)
{
    STEP_STATUS(ActivateTask(Grouped));
    STEP("Starter goes on");
    ShutdownOS(E_OK);
}

TASK(Grouped)
{
    STEP_STATUS(ActivateTask(Middle));
    ChainTask(Peer);
    STEP("ChainTask returned");
}

TASK(Middle)
{
    STEP("Middle runs");
    TerminateTask();
    STEP("TerminateTask returned");
}

PLAIN_TASK(Peer)
