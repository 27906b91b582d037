/* SPDX-License-Identifier: Apache-2.0
 *
 * An ISR2 that ends between Disable/Suspend...Interrupts and its partner: extended status reports
 * E_OS_DISABLEDINT (19) to ErrorHook, service none, and ends the section.
 *
 * Tests: AUTOSAR 7.8; OSEK 11.2; rules 8.15
 */
#include "tests/conformance/step.h"

void ErrorHook(StatusType Error)
{
    STEP("ErrorHook(%u), service none: %u", Error, OSErrorGetServiceId() == OSServiceId_None);
}

ISR(IsrLow)
{
    SuspendOSInterrupts();
}

ISR(IsrMiddle)
{
    SuspendAllInterrupts();
    SuspendAllInterrupts();
}

ISR(IsrHigh)
{
    DisableAllInterrupts();
}

/* A section of the task's own opens and closes as if nothing had been. */
static void check(void)
{
    STEP_STATUS(ActivateTask(High));
    SuspendOSInterrupts();
    TRIGGER(IsrOne);
    STEP("suspended");
    ResumeOSInterrupts();
}

TASK(Low)
{
    TRIGGER(IsrLow);
    check();
    TRIGGER(IsrMiddle);
    check();
    TRIGGER(IsrHigh);
    check();
    ShutdownOS(E_OK);
}

ISR(IsrOne)
{
    STEP("IsrOne");
}

PLAIN_TASK(High)
