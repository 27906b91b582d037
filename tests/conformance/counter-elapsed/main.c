/* SPDX-License-Identifier: Apache-2.0
 *
 * GetElapsedValue tells the ticks since a value, across the wrap, and updates the value.
 *
 * Tests: AUTOSAR 8.4.27; rules 9.2
 */
#include "tests/conformance/step.h"

static TickType before;

static void passed(unsigned int count)
{
    TickType elapsed = 99;

    for (; count != 0; count--) {
        IncrementCounter(Software);
    }
    STEP_STATUS(GetElapsedValue(Software, &before, &elapsed));
    STEP("passed %u, now %u", (unsigned int)elapsed, (unsigned int)before);
}

TASK(Low)
{
    passed(0);
    passed(4);
    passed(5);
    passed(3);
    passed(9);
    passed(10);
    ShutdownOS(E_OK);
}
