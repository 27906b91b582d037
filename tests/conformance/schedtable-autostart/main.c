/* SPDX-License-Identifier: Apache-2.0
 *
 * Schedule tables that start by themselves: relative to the start, and when the counter shows a
 * value.
 *
 * Tests: AUTOSAR 7.4; OSEK 11.3; rules 9.12, 7.2
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    unsigned int i;

    for (i = 1; i <= 7; i++) {
        STEP("tick %u", i);
        IncrementCounter(Second);
    }
    ShutdownOS(E_OK);
}

PLAIN_TASK(Middle)
PLAIN_TASK(High)
