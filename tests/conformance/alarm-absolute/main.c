/* SPDX-License-Identifier: Apache-2.0
 *
 * SetAbsAlarm() to a value that the counter shows or has passed expires when it is reached again,
 * after the counter wrapped from maxallowedvalue to 0.
 *
 * Tests: OSEK 13.6.3.4; rules 6.8, 6.9
 */
#include "tests/conformance/step.h"

static void tick(unsigned int ticks)
{
    for (; ticks > 0; ticks--) {
        (void)IncrementCounter(Software);
    }
}

static unsigned int left(void)
{
    TickType ticks = 99;

    (void)GetAlarm(Steps, &ticks);
    return ticks;
}

TASK(Low)
{
    tick(4);
    STEP_STATUS(SetAbsAlarm(Steps, 6, 0));
    STEP("%u left", left());
    tick(1);
    STEP("at 5");
    tick(1);
    STEP("at 6");
    STEP_STATUS(SetAbsAlarm(Steps, 5, 0));
    STEP("%u left", left());
    tick(8);
    STEP("at 4");
    tick(1);
    STEP("at 5");
    STEP_STATUS(SetAbsAlarm(Steps, 5, 0));
    tick(9);
    STEP("at 4");
    tick(1);
    STEP("at 5");
    ShutdownOS(E_OK);
}

PLAIN_TASK(High)

ALARMCALLBACK(Timed)
{
    STEP("Timed must not expire");
}

ALARMCALLBACK(Calls)
{
    STEP("Calls must not expire");
}

TASK(Middle)
{
    TerminateTask();
}
