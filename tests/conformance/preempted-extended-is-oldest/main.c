/* SPDX-License-Identifier: Apache-2.0
 *
 * A preempted extended task is the oldest of its priority: it goes on before those that became
 * ready meanwhile.
 *
 * Tests: OSEK 4.5, 4.6.1; rules 3.2
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(ActivateTask(Waiter));
    ShutdownOS(E_OK);
}

TASK(Waiter)
{
    STEP_STATUS(ActivateTask(Upper));
    STEP("Waiter goes on");
    TerminateTask();
}

TASK(Upper)
{
    STEP_STATUS(ActivateTask(Many));
    STEP_STATUS(ActivateTask(Other));
    TerminateTask();
}

PLAIN_TASK(Many)
PLAIN_TASK(Other)
