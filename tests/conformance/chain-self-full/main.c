/* SPDX-License-Identifier: Apache-2.0
 *
 * ChainTask to oneself works when the limit is reached: the caller's own activation makes room,
 * and the pending one runs first.
 *
 * Tests: OSEK 4.7, 13.2.3.3; rules 3.22, 3.23, 3.26
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(ActivateTask(First));
    ShutdownOS(E_OK);
}

TASK(First)
{
    static unsigned int runs;

    runs++;
    STEP("First, run %u", runs);
    if (runs == 1) {
        STEP_STATUS(ActivateTask(First));
        STEP_STATUS(ActivateTask(Second));
        ChainTask(First);
        STEP("ChainTask returned");
    }
    TerminateTask();
}

PLAIN_TASK(Second)
