/* SPDX-License-Identifier: Apache-2.0
 *
 * A NON task that waits gives the processor to lower tasks; when its event comes from one of those
 * it goes on only when that one lets it.
 *
 * Tests: OSEK 4.6.2, 13.5.3.4; rules 3.15, 3.11
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(ActivateTask(Upper));
    STEP_STATUS(Schedule());
    STEP_STATUS(SetEvent(Upper, A));
    STEP("Low ends");
    TerminateTask();
}

TASK(Upper)
{
    STEP("Upper waits");
    WaitEvent(A);
    STEP_STATE(Low);
    ShutdownOS(E_OK);
}
