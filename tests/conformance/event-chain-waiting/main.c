/* SPDX-License-Identifier: Apache-2.0
 *
 * ChainTask to a task that waits is E_OS_LIMIT (4) in both statuses; the caller goes on.
 *
 * Tests: OSEK 13.2.3.3; rules 1.8, 3.25, 3.6
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(ActivateTask(Waiter));
    STEP_STATUS(ChainTask(Waiter));
    STEP_STATE(Waiter);
    STEP_STATE(Low);
    ShutdownOS(E_OK);
}

TASK(Waiter)
{
    WaitEvent(A);
    STEP("must not come here");
}
