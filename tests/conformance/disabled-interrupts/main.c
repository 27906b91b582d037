/* SPDX-License-Identifier: Apache-2.0
 *
 * A service between Disable/Suspend...Interrupts and its partner returns E_OS_DISABLEDINT (19);
 * the Suspend pairs nest.
 *
 * Tests: OSEK 13.3.2; AUTOSAR 8.4; rules 8.3, 5.2, 5.3, 5.4
 */
#include "tests/conformance/step.h"

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

PLAIN_TASK(High)
