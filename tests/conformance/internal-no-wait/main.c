/* SPDX-License-Identifier: Apache-2.0
 *
 * WaitEvent for an event that is set already keeps the internal resource and reschedules nothing.
 *
 * Tests: OSEK 8.7, 4.6.2, 13.5.3.4; rules 6.2, 3.15
 */
#include "tests/conformance/step.h"

TASK(Starter)
{
    STEP_STATUS(ActivateTask(Sleeper));
    ShutdownOS(E_OK);
}

TASK(Sleeper)
{
    STEP_STATUS(SetEvent(Sleeper, Wake));
    STEP_STATUS(ActivateTask(Middle));
    STEP_STATUS(WaitEvent(Wake));
    STEP("Sleeper ends");
    TerminateTask();
}

PLAIN_TASK(Middle)
