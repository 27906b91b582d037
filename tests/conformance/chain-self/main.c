/* SPDX-License-Identifier: Apache-2.0
 *
 * OSEK 4.7, 13.2.3.3: ChainTask to oneself counts no further activation and goes to the end of the
 * priority's queue.
 */
#include "tests/conformance/step.h"

void ErrorHook(StatusType Error)
{
    STEP("ErrorHook(%u)", Error);
}

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
    if (runs <= 2)
        STEP_STATUS(ChainTask(First));
    TerminateTask();
}

TASK(Second)
{
    STEP("Second");
    TerminateTask();
}
TASK(Third)
{
    STEP("Third must not run");
    TerminateTask();
}
