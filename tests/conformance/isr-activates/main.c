/* SPDX-License-Identifier: Apache-2.0
 *
 * A task that an ISR2 activates runs when the ISR ends, not before, if it is above the interrupted
 * task and that is preemptable; a NON task goes on.
 *
 * Tests: OSEK 4.6.1, 4.6.2, 6; rules 3.13, 3.16, 3.17, 2.2
 */
#include "tests/conformance/step.h"

ISR(IsrLow)
{
    STEP_STATUS(ActivateTask(High));
    STEP("IsrLow ends");
}

TASK(Low)
{
    TRIGGER(IsrLow);
    STEP("Low goes on");
    STEP_STATUS(Schedule());
    ShutdownOS(E_OK);
}

PLAIN_TASK(High)
