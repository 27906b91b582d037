/* SPDX-License-Identifier: Apache-2.0
 *
 * Schedule() takes the internal resource again: after it Middle has to wait as before.
 *
 * Tests: OSEK 13.2.3.4, 8.7; rules 3.30, 3.27
 */
#include "tests/conformance/step.h"

TASK(Starter)
{
    STEP_STATUS(ActivateTask(Grouped));
    ShutdownOS(E_OK);
}

TASK(Grouped)
{
    STEP_STATUS(ActivateTask(Middle));
    STEP_STATUS(Schedule());
    STEP_STATUS(ActivateTask(Middle));
    STEP_STATUS(Schedule());
    STEP_STATUS(Schedule());
    STEP_STATUS(ActivateTask(High));
    TerminateTask();
}

PLAIN_TASK(Middle)
PLAIN_TASK(High)
