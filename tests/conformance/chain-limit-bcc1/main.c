/* SPDX-License-Identifier: Apache-2.0
 *
 * ChainTask to a task that is ready is E_OS_LIMIT (4) in both statuses; the caller goes on and may
 * still end.
 *
 * Tests: OSEK 13.2.3.3; rules 1.8, 3.25, 1.50
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    GetResource(RES_SCHEDULER);
    STEP_STATUS(ActivateTask(Middle));
    STEP_STATUS(ActivateTask(High));
    ReleaseResource(RES_SCHEDULER);
    STEP_STATUS(Schedule());
    ShutdownOS(E_OK);
}

TASK(High)
{
    STEP_STATUS(ChainTask(Middle));
    STEP_STATUS(ChainTask(Low));
    STEP_STATE(High);
    TerminateTask();
}

PLAIN_TASK(Middle)
