/* SPDX-License-Identifier: Apache-2.0
 *
 * Two extended tasks hand the processor to each other by events; a third one's state does not
 * change.
 *
 * Tests: OSEK 7, 4.6.1; rules 3.10, 3.11
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(ActivateTask(Waiter));
    STEP_STATUS(ActivateTask(Upper));
    STEP_STATUS(SetEvent(Waiter, A));
    ShutdownOS(E_OK);
}

TASK(Waiter)
{
    WaitEvent(A);
    STEP("Waiter sends");
    STEP_STATUS(SetEvent(Upper, A));
    WaitEvent(B);
    STEP("Waiter has the answer");
    TerminateTask();
}

TASK(Upper)
{
    WaitEvent(A);
    STEP("Upper answers");
    STEP_STATUS(SetEvent(Waiter, B));
    TerminateTask();
}
