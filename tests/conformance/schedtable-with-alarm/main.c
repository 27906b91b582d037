/* SPDX-License-Identifier: Apache-2.0
 *
 * Alarms and schedule tables on one counter do not touch each other.
 *
 * Tests: AUTOSAR 7.4; OSEK 9.2; rules 9.5, 6.21
 */
#include "tests/conformance/step.h"
#include "tests/conformance/ticks.h"

TASK(Low)
{
    STEP_STATUS(StartScheduleTableRel(Round, 1));
    STEP_STATUS(SetRelAlarm(Alarm, 2, 3));
    ticks(6);
    STEP_STATUS(CancelAlarm(Alarm));
    ticks(3);
    ShutdownOS(E_OK);
}

PLAIN_TASK(Middle)
PLAIN_TASK(High)
