/* SPDX-License-Identifier: Apache-2.0
 *
 * TerminateTask ends the task from any depth of calls and does not return.
 *
 * Tests: OSEK 13.2.3.2; rules 1.4, 3.7
 */
#include "tests/conformance/step.h"

static void deep(unsigned int depth)
{
    volatile unsigned char frame[64];

    frame[0] = (unsigned char)depth;
    if (depth != 0) {
        deep(frame[0] - 1u);
        STEP("deep(%u) goes on", depth);
        return;
    }
    TerminateTask();
    STEP("TerminateTask returned");
}

TASK(Low)
{
    STEP_STATUS(ActivateTask(High));
    STEP_STATE(High);
    STEP_STATUS(ActivateTask(High));
    ShutdownOS(E_OK);
}

TASK(High)
{
    STEP("High runs");
    deep(10);
}
