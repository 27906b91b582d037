/* SPDX-License-Identifier: Apache-2.0
 *
 * OSEK 9.2, 13.6.3.5: a cyclic alarm expires until CancelAlarm(); it stays in phase with another
 * whose cycle is a multiple.
 */
#include "tests/conformance/step.h"

void ErrorHook(StatusType Error)
{
    STEP("ErrorHook(%u)", Error);
}

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
    if (runs == 7)
        STEP_STATUS(CancelAlarm(AlarmHigh));
    TerminateTask();
}

TASK(Middle)
{
    static unsigned int runs;

    runs++;
    STEP("Middle, run %u", runs);
    if (runs == 3)
        ShutdownOS(E_OK);
    TerminateTask();
}
