/* SPDX-License-Identifier: Apache-2.0
 *
 * ClearEvent clears the named events of its caller and leaves its others and those of other tasks.
 *
 * Tests: OSEK 13.5.3.2; rules 6.7, 6.3
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    GetResource(RES_SCHEDULER);
    ActivateTask(Upper);
    ActivateTask(Waiter);
    SetEvent(Upper, A | B);
    SetEvent(Waiter, A | B | C);
    ReleaseResource(RES_SCHEDULER);
    ShutdownOS(E_OK);
}

TASK(Upper)
{
    STEP_STATUS(ClearEvent(A));
    STEP_EVENTS(Upper);
    STEP_STATUS(ClearEvent(A));
    STEP_STATUS(ClearEvent(0));
    STEP_EVENTS(Upper);
    TerminateTask();
}

TASK(Waiter)
{
    STEP_STATUS(ClearEvent(B | C));
    STEP_EVENTS(Waiter);
    TerminateTask();
}
