/* SPDX-License-Identifier: Apache-2.0
 *
 * Single-shot alarms expire in the order of their times, whatever the order of SetRelAlarm(), and
 * are free again after that.
 *
 * Tests: OSEK 9.2, 13.6.3.3; rules 6.10, 6.21
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(SetRelAlarm(AlarmMiddle, 5, 0));
    STEP_STATUS(SetRelAlarm(AlarmHigh, 3, 0));
    TerminateTask();
}

TASK(High)
{
    STEP("High runs");
    STEP_STATUS(CancelAlarm(AlarmHigh));
    TerminateTask();
}

TASK(Middle)
{
    TickType left;

    STEP("Middle runs");
    STEP_STATUS(GetAlarm(AlarmMiddle, &left));
    ShutdownOS(E_OK);
}
