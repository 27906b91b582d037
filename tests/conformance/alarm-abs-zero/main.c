/* SPDX-License-Identifier: Apache-2.0
 *
 * SetAbsAlarm to 0 expires when the counter wraps; it is not "at once".
 *
 * Tests: OSEK 13.6.3.4; rules 6.8, 6.9, 8.8
 */
#include "tests/conformance/step.h"
#include "tests/conformance/ticks.h"

TASK(Low)
{
    STEP_STATUS(SetAbsAlarm(Steps, 0, 0));
    ticks(9);
    STEP("the counter shows 9");
    ticks(1);
    ShutdownOS(E_OK);
}

PLAIN_TASK(High)
