/* SPDX-License-Identifier: Apache-2.0
 *
 * After ClearEvent the task waits again, as often as it likes; its local variables survive.
 *
 * Tests: OSEK 7, 13.5.3.4; rules 6.6, 3.11, 6.7
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(ActivateTask(Waiter));
    STEP_STATUS(SetEvent(Waiter, A));
    STEP_STATUS(SetEvent(Waiter, A));
    STEP_STATUS(SetEvent(Waiter, A));
    STEP_STATE(Waiter);
    ShutdownOS(E_OK);
}

TASK(Waiter)
{
    unsigned int times;

    for (times = 1; times <= 3; times++) {
        WaitEvent(A);
        ClearEvent(A);
        STEP("A for the time %u", times);
    }
    TerminateTask();
}
