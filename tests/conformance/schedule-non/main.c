/* SPDX-License-Identifier: Apache-2.0
 *
 * Schedule() in a NON task lets all ready tasks above it run, then goes on.
 *
 * Tests: OSEK 13.2.3.4, 4.6.2, 4.6.3; rules 3.27, 3.15, 3.30, 4.17
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(ActivateTask(Middle));
    STEP_STATUS(ActivateTask(High));
    STEP_STATUS(Schedule());
    STEP("Low goes on");
    STEP_STATUS(ActivateTask(High));
    STEP("Low is still not preempted");
    STEP_STATUS(Schedule());
    ShutdownOS(E_OK);
}

PLAIN_TASK(Middle)
PLAIN_TASK(High)
