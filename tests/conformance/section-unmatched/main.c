/* SPDX-License-Identifier: Apache-2.0
 *
 * A Resume or Enable that is not the partner of what is open does nothing, extended status.
 *
 * Tests: OSEK 13.3.2; rules 5.11
 */
#include "tests/conformance/step.h"

ISR(IsrLow)
{
    STEP("IsrLow");
}

TASK(Low)
{
    SuspendOSInterrupts();
    TRIGGER(IsrLow);
    EnableAllInterrupts();
    ResumeAllInterrupts();
    STEP("still suspended");
    ResumeOSInterrupts();
    SuspendAllInterrupts();
    TRIGGER(IsrLow);
    EnableAllInterrupts();
    ResumeOSInterrupts();
    STEP("still suspended");
    ResumeAllInterrupts();
    DisableAllInterrupts();
    TRIGGER(IsrLow);
    ResumeAllInterrupts();
    ResumeOSInterrupts();
    STEP("still disabled");
    EnableAllInterrupts();
    ResumeOSInterrupts();
    STEP_STATUS(ActivateTask(High));
    ShutdownOS(E_OK);
}

PLAIN_TASK(High)
