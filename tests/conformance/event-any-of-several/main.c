/* SPDX-License-Identifier: Apache-2.0
 *
 * A task that waits for several events is released by any of them, the highest bit included;
 * GetEvent tells which.
 *
 * Tests: OSEK 7, 13.5.3.4; rules 6.6, 6.7
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(ActivateTask(Waiter));
    STEP_STATUS(SetEvent(Waiter, C));
    STEP_STATUS(SetEvent(Waiter, B));
    STEP_STATUS(SetEvent(Waiter, A | B));
    ShutdownOS(E_OK);
}

TASK(Waiter)
{
    EventMaskType got;

    for (;;) {
        WaitEvent(A | B | C);
        GetEvent(Waiter, &got);
        STEP("got%s%s%s", (got & A) != 0 ? " A" : "", (got & B) != 0 ? " B" : "",
             (got & C) != 0 ? " C" : "");
        ClearEvent(got);
    }
}
