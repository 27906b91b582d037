/* SPDX-License-Identifier: Apache-2.0
 *
 * A category 1 ISR may use the six interrupt services: what it masks waits until it ends or
 * unmasks.
 *
 * Tests: OSEK 12.3, 13.3.2, 6; rules 2.4, 5.2
 */
#include "tests/conformance/step.h"

ISR(IsrOne)
{
    SuspendAllInterrupts();
    SuspendOSInterrupts();
    STEP("IsrOne, suspended twice");
    ResumeOSInterrupts();
    ResumeAllInterrupts();
    DisableAllInterrupts();
    STEP("IsrOne, disabled");
    EnableAllInterrupts();
}

TASK(Low)
{
    TRIGGER(IsrOne);
    STEP_STATUS(ActivateTask(High));
    TRIGGER(IsrLow);
    ShutdownOS(E_OK);
}

ISR(IsrLow)
{
    STEP("IsrLow");
}

PLAIN_TASK(High)
