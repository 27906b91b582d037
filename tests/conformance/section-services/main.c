/* SPDX-License-Identifier: Apache-2.0
 *
 * Every service in an interrupt section of a task is E_OS_DISABLEDINT (19) in extended status and
 * does nothing; the interrupt services stay allowed.
 *
 * Tests: OSEK 13.3.2, 11.2; AUTOSAR 8.4; rules 8.3, 9.14, 1.50
 */
#include "tests/conformance/calls.h"

static unsigned int hooked;

void ErrorHook(StatusType Error)
{
    hooked += Error == E_OS_DISABLEDINT;
}

TASK(High)
{
    SuspendAllInterrupts();
    call_workers_services();
    ResumeAllInterrupts();
    STEP_VALUE(hooked);
    STEP_STATE(Middle);
    DisableAllInterrupts();
    STEP_STATUS(ActivateTask(Middle));
    EnableAllInterrupts();
    SuspendOSInterrupts();
    STEP_STATUS(ActivateTask(Middle));
    ResumeOSInterrupts();
    STEP_STATUS(ActivateTask(Middle));
    ShutdownOS(E_OK);
}
