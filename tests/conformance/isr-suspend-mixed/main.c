/* SPDX-License-Identifier: Apache-2.0
 *
 * The Suspend families nest in one another and in a Disable section; only the outermost Resume
 * lets the interrupt in. EnableAllInterrupts restores what DisableAllInterrupts found.
 *
 * Tests: OSEK 13.3.2, 13.3.2.1; rules 5.4, 5.2, 5.3
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    SuspendOSInterrupts();
    SuspendAllInterrupts();
    TRIGGER(IsrLow);
    ResumeAllInterrupts();
    STEP("OS interrupts still suspended");
    ResumeOSInterrupts();
    SuspendAllInterrupts();
    SuspendOSInterrupts();
    TRIGGER(IsrLow);
    ResumeOSInterrupts();
    STEP("all interrupts still suspended");
    ResumeAllInterrupts();
    DisableAllInterrupts();
    SuspendAllInterrupts();
    TRIGGER(IsrLow);
    ResumeAllInterrupts();
    STEP("still disabled");
    EnableAllInterrupts();
    STEP("enabled");
    SuspendAllInterrupts();
    DisableAllInterrupts();
    TRIGGER(IsrLow);
    EnableAllInterrupts();
    STEP("suspended as before");
    ResumeAllInterrupts();
    ShutdownOS(E_OK);
}

ISR(IsrLow)
{
    STEP("IsrLow");
}
