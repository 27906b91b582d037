/* SPDX-License-Identifier: Apache-2.0
 *
 * A task that was activated again while it ran is ready at once when it ends, behind those of its
 * priority that were activated before, and never runs twice at a time.
 *
 * Tests: OSEK 4.3, 13.2.3.2; rules 3.26, 3.4, 3.32
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(ActivateTask(First));
    STEP_STATUS(Schedule());
    ShutdownOS(E_OK);
}

TASK(First)
{
    static unsigned int runs;

    runs++;
    STEP("First, run %u", runs);
    if (runs == 1) {
        STEP_STATUS(ActivateTask(Second));
        STEP_STATUS(ActivateTask(First));
        STEP_STATE(First);
        STEP_STATUS(ActivateTask(First));
    }
    STEP("First ends");
    TerminateTask();
}

TASK(Second)
{
    STEP_STATE(First);
    TerminateTask();
}
