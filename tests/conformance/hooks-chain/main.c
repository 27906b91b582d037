/* SPDX-License-Identifier: Apache-2.0
 *
 * ChainTask, to oneself as well: PostTaskHook of the one, PreTaskHook of the next.
 *
 * Tests: OSEK 11.5, 13.2.3.3; rules 7.10, 3.22
 */
#include "tests/conformance/step.h"

void PreTaskHook(void)
{
    STEP("PreTaskHook: task %u", step_self());
}

void PostTaskHook(void)
{
    STEP("PostTaskHook: task %u", step_self());
}

TASK(High)
{
    static unsigned int runs;

    runs++;
    if (runs == 1) {
        ChainTask(High);
    }
    ChainTask(Middle);
}

TASK(Middle)
{
    ShutdownOS(E_OK);
}
