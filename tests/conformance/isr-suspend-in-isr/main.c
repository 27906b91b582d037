/* SPDX-License-Identifier: Apache-2.0
 *
 * The interrupt services work in an ISR2: a higher interrupt waits for the Resume.
 *
 * Tests: OSEK 13.3.2, 12.3; rules 5.10, 2.2, 5.9
 */
#include "tests/conformance/step.h"

ISR(IsrLow)
{
    SuspendAllInterrupts();
    TRIGGER(IsrHigh);
    STEP("IsrLow, suspended");
    ResumeAllInterrupts();
    STEP("IsrLow, resumed");
    SuspendOSInterrupts();
    TRIGGER(IsrHigh);
    STEP("IsrLow, OS interrupts suspended");
    ResumeOSInterrupts();
    DisableAllInterrupts();
    TRIGGER(IsrHigh);
    STEP("IsrLow, disabled");
    EnableAllInterrupts();
    STEP("IsrLow ends");
}

ISR(IsrHigh)
{
    STEP("IsrHigh");
}

TASK(Low)
{
    TRIGGER(IsrLow);
    ShutdownOS(E_OK);
}
