/* SPDX-License-Identifier: Apache-2.0
 *
 * Increment, start and cycle may be as high as maxallowedvalue; the counter goes from there to 0.
 *
 * Tests: OSEK 13.6.3.3, 13.6.3.4, 9.1; rules 6.9, 6.8
 */
#include "tests/conformance/step.h"
#include "tests/conformance/ticks.h"

static void show(void)
{
    TickType value = 99;

    STEP_STATUS(GetCounterValue(Software, &value));
    STEP_VALUE(value);
}

TASK(Low)
{
    STEP_STATUS(SetRelAlarm(Steps, 9, 9));
    STEP_STATUS(SetAbsAlarm(Mids, 9, 0));
    ticks(9);
    show();
    ticks(1);
    show();
    ticks(8);
    ShutdownOS(E_OK);
}

PLAIN_TASK(High)
PLAIN_TASK(Middle)
