/* SPDX-License-Identifier: Apache-2.0
 *
 * Three tasks preempt each other and go on in the reverse order, each where it was.
 *
 * Tests: OSEK 4.6.1, 4.2; rules 3.9, 3.34
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    unsigned int local = 1;

    STEP_STATUS(ActivateTask(Middle));
    STEP("Low goes on with %u", local);
    ShutdownOS(E_OK);
}

TASK(Middle)
{
    unsigned int local = 2;

    STEP_STATUS(ActivateTask(High));
    STEP("Middle goes on with %u", local);
    TerminateTask();
}

TASK(High)
{
    STEP("%s, %s, %s", step_state(Low), step_state(Middle), step_state(High));
    TerminateTask();
}
