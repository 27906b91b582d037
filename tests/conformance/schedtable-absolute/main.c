/* SPDX-License-Identifier: Apache-2.0
 *
 * StartScheduleTableAbs: the round begins when the counter next shows the value, after a wrap if
 * it shows it or has passed it.
 *
 * Tests: AUTOSAR 8.4.9; rules 9.8, 9.4
 */
#include "tests/conformance/step.h"

static void ticks(unsigned int count)
{
    for (; count != 0; count--) {
        IncrementCounter(Software);
    }
}

TASK(Low)
{
    ticks(10);
    STEP_STATUS(StartScheduleTableAbs(Follower, 20));
    ticks(30);
    STEP("wrap");
    STEP_STATUS(StartScheduleTableAbs(Follower, 40));
    ticks(100);
    STEP("all the way");
    ticks(1);
    ShutdownOS(E_OK);
}

TASK(High)
{
    TickType value = 0;

    GetCounterValue(Software, &value);
    STEP("the counter shows %u", (unsigned int)value);
    TerminateTask();
}
