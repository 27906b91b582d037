/* SPDX-License-Identifier: Apache-2.0
 *
 * A cyclic alarm expires until CancelAlarm(); it stays in phase with another whose cycle is a
 * multiple.
 *
 * Tests: OSEK 9.2, 13.6.3.3, 13.6.3.5; rules 6.11, 6.20
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(SetRelAlarm(AlarmHigh, 2, 2));
    STEP_STATUS(SetRelAlarm(AlarmMiddle, 6, 6));
    TerminateTask();
}

TASK(High)
{
    static unsigned int runs;

    runs++;
    STEP("High, run %u", runs);
    if (runs == 7) {
        STEP_STATUS(CancelAlarm(AlarmHigh));
    }
    TerminateTask();
}

TASK(Middle)
{
    static unsigned int runs;

    runs++;
    STEP("Middle, run %u", runs);
    if (runs == 3) {
        ShutdownOS(E_OK);
    }
    TerminateTask();
}
