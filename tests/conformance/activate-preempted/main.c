/* SPDX-License-Identifier: Apache-2.0
 *
 * A task that is preempted is not suspended: one more activation of it is E_OS_LIMIT (4) in both
 * statuses, and it goes on afterwards.
 *
 * Tests: OSEK 13.2.3.1, 4.2; rules 1.2, 1.50
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(ActivateTask(High));
    ShutdownOS(E_OK);
}

TASK(High)
{
    STEP_STATE(Low);
    STEP_STATUS(ActivateTask(Low));
    STEP_STATUS(ActivateTask(High));
    TerminateTask();
}
