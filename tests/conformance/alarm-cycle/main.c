/* SPDX-License-Identifier: Apache-2.0
 *
 * A cyclic alarm expires at its first time and after each cycle, across the wrap of the counter,
 * until CancelAlarm.
 *
 * Tests: OSEK 9.2, 13.6.3.3, 13.6.3.5; rules 6.11, 6.9
 */
#include "tests/conformance/step.h"
#include "tests/conformance/ticks.h"

TASK(Low)
{
    STEP_STATUS(SetRelAlarm(Steps, 1, 4));
    ticks(14);
    STEP_STATUS(CancelAlarm(Steps));
    ticks(4);
    ShutdownOS(E_OK);
}

PLAIN_TASK(High)
