/* SPDX-License-Identifier: Apache-2.0
 *
 * ChainTask to oneself counts no further activation and goes to the end of the priority's queue.
 *
 * Tests: OSEK 4.7, 13.2.3.3; rules 3.22, 3.23
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(ActivateTask(High));
    STEP("Low ends");
    ShutdownOS(E_OK);
}

TASK(High)
{
    (void)ActivateTask(First);
    (void)ActivateTask(First);
    (void)ActivateTask(Second);
    TerminateTask();
}

TASK(First)
{
    static unsigned int runs;

    runs++;
    STEP("First, run %u", runs);
    if (runs <= 2) {
        STEP_STATUS(ChainTask(First));
    }
    TerminateTask();
}

TASK(Second)
{
    STEP("Second");
    TerminateTask();
}
