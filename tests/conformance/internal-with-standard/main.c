/* SPDX-License-Identifier: Apache-2.0
 *
 * A NON task may take a standard resource besides: its release reschedules nothing.
 *
 * Tests: OSEK 8.7, 4.6.2; rules 3.15, 4.17, 4.2
 */
#include "tests/conformance/step.h"

TASK(Starter)
{
    STEP_STATUS(ActivateTask(Non));
    ShutdownOS(E_OK);
}

TASK(Non)
{
    STEP_STATUS(GetResource(Res));
    STEP_STATUS(ActivateTask(High));
    STEP_STATUS(ReleaseResource(Res));
    STEP_STATUS(GetResource(RES_SCHEDULER));
    STEP_STATUS(ReleaseResource(RES_SCHEDULER));
    STEP_STATE(High);
    TerminateTask();
}

PLAIN_TASK(High)
