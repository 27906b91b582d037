/* SPDX-License-Identifier: Apache-2.0
 *
 * An alarm with cycle 0 expires once and is free afterwards: GetAlarm and CancelAlarm give
 * E_OS_NOFUNC (5).
 *
 * Tests: OSEK 13.6.3.3, 13.6.3.2, 13.6.3.5; rules 6.10, 1.35, 1.45, 3.14, 6.13
 */
#include "tests/conformance/step.h"
#include "tests/conformance/ticks.h"

TASK(Low)
{
    TickType left;

    STEP_STATUS(SetRelAlarm(Steps, 2, 0));
    ticks(3);
    STEP_STATUS(GetAlarm(Steps, &left));
    STEP_STATUS(CancelAlarm(Steps));
    ticks(10);
    STEP_STATUS(SetRelAlarm(Steps, 1, 0));
    ticks(1);
    ShutdownOS(E_OK);
}

PLAIN_TASK(High)
