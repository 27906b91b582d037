/* SPDX-License-Identifier: Apache-2.0
 *
 * A task chained by one of the same priority goes to the end of the queue, behind those that were
 * ready before.
 *
 * Tests: OSEK 4.3, 13.2.3.3; rules 3.4, 3.8, 1.7
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    GetResource(RES_SCHEDULER);
    STEP_STATUS(ActivateTask(First));
    STEP_STATUS(ActivateTask(Second));
    ReleaseResource(RES_SCHEDULER);
    STEP_STATUS(Schedule());
    ShutdownOS(E_OK);
}

TASK(First)
{
    STEP("First chains");
    ChainTask(Third);
    STEP("ChainTask returned");
}

PLAIN_TASK(Second)
PLAIN_TASK(Third)
