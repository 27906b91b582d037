/* SPDX-License-Identifier: Apache-2.0
 *
 * GetAlarm and CancelAlarm of an alarm that is not armed: E_OS_NOFUNC (5) in both statuses;
 * ErrorHook is told the alarm.
 *
 * Tests: OSEK 13.6.3.2, 13.6.3.5, 11.2; rules 1.35, 1.45, 7.8, 7.9
 */
#include "tests/conformance/step.h"

static TickType left;

void ErrorHook(StatusType Error)
{
    STEP("ErrorHook(%u)", Error);
    if (OSErrorGetServiceId() == OSServiceId_GetAlarm) {
        STEP("GetAlarm(%u, %u)", OSError_GetAlarm_AlarmID() == Steps,
             OSError_GetAlarm_Tick() == &left);
    }
    if (OSErrorGetServiceId() == OSServiceId_CancelAlarm) {
        STEP("CancelAlarm(%u)", OSError_CancelAlarm_AlarmID() == Calls);
    }
}

TASK(Low)
{
    STEP_STATUS(GetAlarm(Steps, &left));
    STEP_STATUS(CancelAlarm(Calls));
    STEP_STATUS(SetRelAlarm(Calls, 5, 0));
    STEP_STATUS(CancelAlarm(Calls));
    STEP_STATUS(CancelAlarm(Calls));
    ShutdownOS(E_OK);
}
