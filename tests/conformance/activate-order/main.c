/* SPDX-License-Identifier: Apache-2.0
 *
 * Tasks that become ready in a NON task or behind RES_SCHEDULER run in the order of priority, not
 * of activation.
 *
 * Tests: OSEK 4.2, 8.3; rules 3.34, 4.4, 3.12
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(GetResource(RES_SCHEDULER));
    STEP_STATUS(ActivateTask(Middle));
    STEP_STATUS(ActivateTask(High));
    STEP_STATUS(ReleaseResource(RES_SCHEDULER));
    STEP_STATUS(Schedule());
    ShutdownOS(E_OK);
}

PLAIN_TASK(Middle)
PLAIN_TASK(High)
