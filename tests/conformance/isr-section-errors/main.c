/* SPDX-License-Identifier: Apache-2.0
 *
 * A service in an interrupt section of an ISR2 is E_OS_DISABLEDINT (19) in extended status, as in
 * a task.
 *
 * Tests: OSEK 13.3.2; AUTOSAR 8.4; rules 8.3
 */
#include "tests/conformance/step.h"

ISR(IsrLow)
{
    SuspendAllInterrupts();
    STEP_STATUS(ActivateTask(High));
    STEP_STATUS(SetRelAlarm(Alarm, 1, 0));
    ResumeAllInterrupts();
    SuspendOSInterrupts();
    STEP_STATUS(SetEvent(Waiter, A));
    ResumeOSInterrupts();
    DisableAllInterrupts();
    STEP_STATUS(GetResource(ResLow));
    EnableAllInterrupts();
    STEP_STATUS(ActivateTask(High));
}

TASK(Low)
{
    TRIGGER(IsrLow);
    ShutdownOS(E_OK);
}

PLAIN_TASK(High)
