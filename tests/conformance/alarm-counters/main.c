/* SPDX-License-Identifier: Apache-2.0
 *
 * Alarms on several counters do not touch each other; a cancelled one in the middle leaves the
 * others.
 *
 * Tests: OSEK 9.1, 9.2; rules 6.21, 8.6
 */
#include "tests/conformance/step.h"
#include "tests/conformance/ticks.h"

TASK(Low)
{
    STEP_STATUS(SetRelAlarm(WideHigh, 2, 0));
    STEP_STATUS(SetRelAlarm(Mids, 3, 0));
    STEP_STATUS(SetRelAlarm(Steps, 2, 0));
    STEP_STATUS(SetRelAlarm(Sets, 1, 0));
    STEP_STATUS(CancelAlarm(Sets));
    STEP_STATUS(CancelAlarm(Steps));
    ticks(3);
    STEP_STATUS(IncrementCounter(Wide));
    STEP_STATUS(IncrementCounter(Wide));
    ShutdownOS(E_OK);
}

PLAIN_TASK(Middle)
PLAIN_TASK(High)
