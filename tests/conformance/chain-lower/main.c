/* SPDX-License-Identifier: Apache-2.0
 *
 * The chained task runs when its priority's turn comes, not in the place of the caller.
 *
 * Tests: OSEK 13.2.3.3, 4.6.1; rules 3.8, 1.7
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP("Low starts");
    (void)ActivateTask(Middle);
    STEP("Low ends");
    ShutdownOS(E_OK);
}

TASK(Middle)
{
    static bool chained;

    STEP("Middle starts");
    if (!chained) {
        chained = true;
        (void)ActivateTask(High);
        STEP("Middle ends");
    }
    TerminateTask();
}

TASK(High)
{
    static bool chained;

    STEP("High starts");
    if (!chained) {
        chained = true;
        STEP_STATUS(ChainTask(High));
    }
    STEP_STATUS(ChainTask(Low));
    TerminateTask();
}
