/* SPDX-License-Identifier: Apache-2.0
 *
 * OSEK 13.3.2, extended status, AUTOSAR's code: a service between Disable/Suspend...Interrupts and
 * its partner returns E_OS_DISABLEDINT (19); the Suspend pairs nest.
 */
#include "tests/conformance/step.h"

void ErrorHook(StatusType Error)
{
    STEP("ErrorHook(%u)", Error);
}

TASK(Low)
{
    DisableAllInterrupts();
    STEP_STATUS(ActivateTask(High));
    EnableAllInterrupts();
    SuspendAllInterrupts();
    SuspendOSInterrupts();
    SuspendAllInterrupts();
    ResumeAllInterrupts();
    STEP_STATUS(ActivateTask(High));
    ResumeOSInterrupts();
    STEP_STATUS(TerminateTask());
    ResumeAllInterrupts();
    STEP_STATUS(ActivateTask(High));
    ShutdownOS(E_OK);
}

TASK(High)
{
    STEP("High runs");
    TerminateTask();
}
TASK(Middle)
{
    STEP("Middle must not run");
    TerminateTask();
}
