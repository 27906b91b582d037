/* SPDX-License-Identifier: Apache-2.0
 *
 * RES_SCHEDULER keeps every task from running, extended ones that are released too, until its
 * release.
 *
 * Tests: OSEK 8.3; rules 4.4, 3.12, 6.1
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(ActivateTask(Waiter));
    STEP_STATUS(GetResource(RES_SCHEDULER));
    STEP_STATUS(SetEvent(Waiter, A));
    STEP_STATUS(ActivateTask(High));
    STEP_STATUS(ActivateTask(Upper));
    STEP("nobody came");
    STEP_STATUS(ReleaseResource(RES_SCHEDULER));
    ShutdownOS(E_OK);
}

TASK(Waiter)
{
    WaitEvent(A);
    STEP("Waiter goes on");
    TerminateTask();
}

PLAIN_TASK(Upper)
PLAIN_TASK(High)
