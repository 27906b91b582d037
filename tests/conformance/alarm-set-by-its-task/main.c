/* SPDX-License-Identifier: Apache-2.0
 *
 * A task that an alarm activates may cancel and set alarms, its own included, at the tick at which
 * they expire.
 *
 * Tests: OSEK 9.2, 13.6.3.3; rules 6.10, 6.11
 */
#include "tests/conformance/step.h"
#include "tests/conformance/ticks.h"

TASK(Low)
{
    STEP_STATUS(SetRelAlarm(Steps, 1, 0));
    ticks(3);
    ShutdownOS(E_OK);
}

TASK(High)
{
    static unsigned int runs;

    runs++;
    STEP("High, run %u", runs);
    if (runs == 1) {
        STEP_STATUS(SetRelAlarm(Steps, 2, 0));
    }
    TerminateTask();
}
