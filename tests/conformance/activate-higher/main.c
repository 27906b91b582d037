/* SPDX-License-Identifier: Apache-2.0
 *
 * OSEK 13.2.3.1, 4.6.1: ActivateTask of a higher task in a preemptable one runs it, from its first
 * statement to its end, before the call returns.
 */
#include "tests/conformance/step.h"

void ErrorHook(StatusType Error)
{
    STEP("ErrorHook(%u)", Error);
}

TASK(Low)
{
    STEP("Low starts");
    STEP_STATUS(ActivateTask(High));
    STEP_STATUS(ActivateTask(High));
    ShutdownOS(E_OK);
}

TASK(High)
{
    static unsigned int runs;

    runs++;
    STEP("High starts, run %u", runs);
    TerminateTask();
}
TASK(Middle)
{
    STEP("Middle must not run");
    TerminateTask();
}
