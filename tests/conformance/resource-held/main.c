/* SPDX-License-Identifier: Apache-2.0
 *
 * TerminateTask, ChainTask and Schedule with a resource taken return E_OS_RESOURCE (6) and the
 * task goes on; RES_SCHEDULER counts.
 *
 * Tests: OSEK 13.2.3.2, 13.2.3.3, 13.2.3.4; rules 1.5, 1.10, 1.13, 4.6, 8.5
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(GetResource(RES_SCHEDULER));
    STEP_STATUS(ActivateTask(High));
    STEP_STATUS(TerminateTask());
    STEP_STATUS(ChainTask(Middle));
    STEP_STATUS(Schedule());
    STEP_STATUS(ReleaseResource(RES_SCHEDULER));
    STEP_STATUS(Schedule());
    ShutdownOS(E_OK);
}

PLAIN_TASK(High)
