/* SPDX-License-Identifier: Apache-2.0
 *
 * An alarm of the application mode starts by itself, relative to the start, after the autostart
 * tasks are ready.
 *
 * Tests: OSEK 11.3; rules 7.2, 6.20
 */
#include "tests/conformance/step.h"

ALARMCALLBACK(Calls)
{
    STEP("Calls must not expire");
}

ALARMCALLBACK(Timed)
{
    STEP("callback");
}

TASK(Low)
{
    TickType left = 0;

    STEP_STATUS(GetAlarm(Auto, &left));
    STEP("at most 5 ticks left: %u", left <= 5);
    STEP_STATUS(SetRelAlarm(Timed, 50, 0));
    TerminateTask();
}

TASK(Middle)
{
    TickType left = 0;

    STEP("Middle runs, Timed has most of its 50 ticks left: %u",
         GetAlarm(Timed, &left) == E_OK && left > 20 && left < 50);
    ShutdownOS(E_OK);
}
