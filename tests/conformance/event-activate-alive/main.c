/* SPDX-License-Identifier: Apache-2.0
 *
 * An extended task that is running, ready or waiting cannot be activated: E_OS_LIMIT (4) in both
 * statuses, and its events are kept.
 *
 * Tests: OSEK 4.2.1, 13.2.3.1; rules 3.6, 1.2, 1.50
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(ActivateTask(Waiter));
    STEP_STATUS(ActivateTask(Waiter));
    STEP_STATUS(Schedule());
    STEP_STATUS(SetEvent(Waiter, B));
    STEP_STATUS(ActivateTask(Waiter));
    STEP_EVENTS(Waiter);
    ShutdownOS(E_OK);
}

TASK(Waiter)
{
    STEP_STATUS(ActivateTask(Waiter));
    WaitEvent(A);
    STEP("must not come here");
}
