/* SPDX-License-Identifier: Apache-2.0
 *
 * SetAbsAlarm with a cycle: first when the counter shows the start value, then after each cycle.
 *
 * Tests: OSEK 13.6.3.4; rules 6.8, 6.11
 */
#include "tests/conformance/step.h"
#include "tests/conformance/ticks.h"

TASK(Low)
{
    ticks(3);
    STEP_STATUS(SetAbsAlarm(Steps, 5, 3));
    ticks(6);
    ShutdownOS(E_OK);
}

PLAIN_TASK(High)
