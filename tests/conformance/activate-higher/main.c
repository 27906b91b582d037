/* SPDX-License-Identifier: Apache-2.0
 *
 * ActivateTask of a higher task in a preemptable one runs it, from its first statement to its end,
 * before the call returns.
 *
 * Tests: OSEK 13.2.3.1, 4.6.1; rules 3.9, 3.19
 */
#include "tests/conformance/step.h"

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
