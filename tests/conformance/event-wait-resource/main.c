/* SPDX-License-Identifier: Apache-2.0
 *
 * WaitEvent with a resource taken, extended status: E_OS_RESOURCE (6), even if the event is set;
 * the task goes on.
 *
 * Tests: OSEK 13.5.3.4, 8.5; rules 1.32, 8.5, 4.6
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    ChainTask(Waiter);
}

TASK(Waiter)
{
    GetResource(Res);
    STEP_STATUS(WaitEvent(A));
    STEP_STATUS(ReleaseResource(Res));
    GetResource(RES_SCHEDULER);
    STEP_STATUS(WaitEvent(A));
    STEP_STATUS(ReleaseResource(RES_SCHEDULER));
    STEP_STATUS(SetEvent(Waiter, A));
    STEP_STATUS(WaitEvent(A));
    ShutdownOS(E_OK);
}
