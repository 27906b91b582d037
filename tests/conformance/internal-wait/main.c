/* SPDX-License-Identifier: Apache-2.0
 *
 * WaitEvent that waits releases the internal resource; when the task goes on it has it again.
 *
 * Tests: OSEK 8.7, 13.5.3.4; rules 4.14, 3.11
 */
#include "tests/conformance/step.h"

TASK(Starter)
{
    STEP_STATUS(ActivateTask(Sleeper));
    STEP_STATUS(ActivateTask(Middle));
    STEP_STATUS(SetEvent(Sleeper, Wake));
    ShutdownOS(E_OK);
}

TASK(Sleeper)
{
    STEP_STATUS(ActivateTask(Middle));
    STEP_STATUS(WaitEvent(Wake));
    STEP_STATUS(ActivateTask(Middle));
    STEP("Sleeper ends");
    TerminateTask();
}

PLAIN_TASK(Middle)
