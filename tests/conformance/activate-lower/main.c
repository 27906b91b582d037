/* SPDX-License-Identifier: Apache-2.0
 *
 * ActivateTask of a lower task only makes it ready; it runs after the higher one has ended, and
 * before those below it.
 *
 * Tests: OSEK 4.6.1, 13.2.3.1; rules 3.34
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(ActivateTask(High));
    STEP("Low ends");
    ShutdownOS(E_OK);
}

PLAIN_TASK(Middle)

TASK(High)
{
    STEP_STATUS(ActivateTask(Middle));
    STEP("High ends");
    TerminateTask();
}
