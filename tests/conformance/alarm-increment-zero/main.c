/* SPDX-License-Identifier: Apache-2.0
 *
 * SetRelAlarm with increment 0 is E_OS_VALUE (8) in both statuses, and the alarm stays free;
 * AUTOSAR OS demands it, OSEK leaves it open.
 *
 * Tests: OSEK 13.6.3.3; AUTOSAR 8.4.22; rules 8.2, 1.50
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    TickType left;

    STEP_STATUS(SetRelAlarm(Steps, 0, 0));
    STEP_STATUS(SetRelAlarm(Steps, 0, 5));
    STEP_STATUS(GetAlarm(Steps, &left));
    ShutdownOS(E_OK);
}
