/* SPDX-License-Identifier: Apache-2.0
 *
 * A task of the group that waits does not hold the internal resource: others of the group run
 * meanwhile, and it goes on when they let it.
 *
 * Tests: OSEK 8.7; rules 4.14, 4.12
 */
#include "tests/conformance/step.h"

TASK(Starter)
{
    STEP_STATUS(ActivateTask(Sleeper));
    STEP_STATUS(ActivateTask(Grouped));
    ShutdownOS(E_OK);
}

TASK(Sleeper)
{
    STEP("Sleeper waits");
    WaitEvent(Wake);
    STEP("Sleeper goes on");
    TerminateTask();
}

TASK(Grouped)
{
    STEP_STATUS(SetEvent(Sleeper, Wake));
    STEP_STATE(Sleeper);
    STEP_STATUS(Schedule());
    STEP("Grouped ends");
    TerminateTask();
}
