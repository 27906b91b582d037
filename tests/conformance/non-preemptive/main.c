/* SPDX-License-Identifier: Apache-2.0
 *
 * Nothing preempts a NON task; it gives way when it ends or calls Schedule().
 *
 * Tests: OSEK 4.6.2; rules 3.15, 4.17
 */
#include "tests/conformance/step.h"

TASK(Starter)
{
    STEP_STATUS(ActivateTask(Non));
    ShutdownOS(E_OK);
}

TASK(Non)
{
    STEP("Non starts");
    STEP_STATUS(ActivateTask(High));
    STEP_STATUS(Schedule());
    STEP_STATUS(ActivateTask(Peer));
    STEP_STATUS(ActivateTask(High));
    STEP("Non ends");
    TerminateTask();
}

PLAIN_TASK(Peer)

PLAIN_TASK(High)
