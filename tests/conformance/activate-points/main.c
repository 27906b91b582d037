/* SPDX-License-Identifier: Apache-2.0
 *
 * ActivateTask of a higher task is a point of rescheduling if the caller is preemptable; a NON
 * caller goes on, and the task runs when it ends.
 *
 * Tests: OSEK 4.6.1, 4.6.2, 4.6.4, 13.2.3.1; rules 3.9, 3.15, 3.18, 3.7
 */
#include "tests/conformance/step.h"

static unsigned int to_end = 3;

static void end(void)
{
    to_end--;
    if (to_end == 0) {
        ShutdownOS(E_OK);
    }
    TerminateTask();
}

TASK(Low)
{
    STEP_STATUS(ActivateTask(Middle));
    STEP("Low ends");
    end();
}

TASK(Middle)
{
    STEP("Middle starts");
    STEP_STATUS(ActivateTask(High));
    STEP("Middle ends");
    end();
}

TASK(High)
{
    STEP("High runs");
    end();
}
