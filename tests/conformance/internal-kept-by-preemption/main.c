/* SPDX-License-Identifier: Apache-2.0
 *
 * An internal resource is not released by preemption: while High preempts Grouped, Middle cannot
 * start.
 *
 * Tests: OSEK 8.7; rules 4.13
 */
#include "tests/conformance/step.h"

TASK(Starter)
{
    STEP_STATUS(ActivateTask(Grouped));
    ShutdownOS(E_OK);
}

TASK(Grouped)
{
    STEP_STATUS(ActivateTask(High));
    STEP_STATE(Middle);
    STEP("Grouped ends");
    TerminateTask();
}

TASK(High)
{
    STEP_STATUS(ActivateTask(Middle));
    STEP("High ends");
    TerminateTask();
}

PLAIN_TASK(Middle)
