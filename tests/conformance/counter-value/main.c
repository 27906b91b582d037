/* SPDX-License-Identifier: Apache-2.0
 *
 * GetCounterValue tells what a counter shows: 0 at the start, one more each tick, 0 after
 * maxallowedvalue.
 *
 * Tests: OSEK 9.1; AUTOSAR 8.4.26; rules 9.1, 8.8, 8.6, 6.9
 */
#include "tests/conformance/step.h"

static void show(void)
{
    TickType value = 99;

    STEP_STATUS(GetCounterValue(Software, &value));
    STEP_VALUE(value);
}

TASK(Low)
{
    TickType value = 99;
    unsigned int i;

    show();
    STEP_STATUS(IncrementCounter(Software));
    show();
    for (i = 0; i != 8; i++) {
        IncrementCounter(Software);
    }
    show();
    STEP_STATUS(IncrementCounter(Software));
    show();
    STEP_STATUS(GetCounterValue(SystemCounter, &value));
    STEP_VALUE(value);
    ShutdownOS(E_OK);
}
