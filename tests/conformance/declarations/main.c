/* SPDX-License-Identifier: Apache-2.0
 *
 * The Declare macros are external declarations: they may stand at file level, be repeated, and be
 * left out.
 *
 * Tests: OSEK 13.2.2, 13.4.2, 13.5.2, 13.6.2; rules 7.14
 */
#include "tests/conformance/step.h"

DeclareTask(Low);
DeclareTask(Waiter);
DeclareTask(Waiter);
DeclareResource(Res);
DeclareResource(RES_SCHEDULER);
DeclareEvent(A);
DeclareEvent(C);
DeclareAlarm(SoftA);

TASK(Low)
{
    STEP_STATUS(ActivateTask(Waiter));
    STEP_STATUS(SetEvent(Waiter, C));
    STEP_STATUS(GetResource(Res));
    STEP_STATUS(ReleaseResource(Res));
    STEP_STATUS(SetRelAlarm(SoftA, 3, 0));
    ShutdownOS(E_OK);
}

TASK(Waiter)
{
    WaitEvent(C);
    STEP("Waiter has C");
    TerminateTask();
}
