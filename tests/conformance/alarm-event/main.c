/* SPDX-License-Identifier: Apache-2.0
 *
 * An alarm sets an event: the waiting task goes on, again at each cycle.
 *
 * Tests: OSEK 9.2, 7; rules 6.18, 3.14, 6.13
 */
#include "tests/conformance/step.h"
#include "tests/conformance/ticks.h"

TASK(Low)
{
    STEP_STATUS(ActivateTask(Waiter));
    STEP_STATUS(SetRelAlarm(Sets, 2, 2));
    ticks(5);
    ShutdownOS(E_OK);
}

TASK(Waiter)
{
    for (;;) {
        WaitEvent(Chime);
        ClearEvent(Chime);
        STEP("Waiter has Chime");
    }
}
