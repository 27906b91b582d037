/* SPDX-License-Identifier: Apache-2.0
 *
 * An internal resource is taken when the task enters RUNNING and not at its activation: while
 * Grouped is only ready, Middle starts first.
 *
 * Tests: OSEK 8.7; rules 4.12
 */
#include "tests/conformance/step.h"

TASK(Starter)
{
    GetResource(RES_SCHEDULER);
    STEP_STATUS(ActivateTask(Grouped));
    STEP_STATUS(ActivateTask(Middle));
    ReleaseResource(RES_SCHEDULER);
    ShutdownOS(E_OK);
}

PLAIN_TASK(Grouped)
PLAIN_TASK(Middle)
