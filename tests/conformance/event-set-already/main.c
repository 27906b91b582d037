/* SPDX-License-Identifier: Apache-2.0
 *
 * WaitEvent returns at once if one of the events is set: no rescheduling, and nothing is cleared.
 *
 * Tests: OSEK 13.5.3.4, 4.6.2; rules 6.2, 6.3
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    ChainTask(Waiter);
}

TASK(Waiter)
{
    STEP_STATUS(SetEvent(Waiter, B));
    GetResource(RES_SCHEDULER);
    STEP_STATUS(ActivateTask(Low));
    ReleaseResource(RES_SCHEDULER);
    STEP_STATUS(WaitEvent(A | B));
    STEP_STATE(Low);
    STEP_EVENTS(Waiter);
    STEP_STATUS(WaitEvent(B));
    ShutdownOS(E_OK);
}
