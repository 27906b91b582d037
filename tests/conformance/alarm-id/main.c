/* SPDX-License-Identifier: Apache-2.0
 *
 * All alarm services with no alarm, extended status: E_OS_ID (3).
 *
 * Tests: OSEK 13.6.3.1, 13.6.3.2, 13.6.3.3, 13.6.3.4, 13.6.3.5; rules 1.34, 1.36, 1.38, 1.42,
 * 1.46, 7.8, 7.9
 */
#include "tests/conformance/step.h"

#define NO_ALARM CFG_ALARM_COUNT

static AlarmBaseType base;

void ErrorHook(StatusType Error)
{
    STEP("ErrorHook(%u)", Error);
    if (OSErrorGetServiceId() == OSServiceId_GetAlarmBase) {
        STEP("GetAlarmBase(%u, %u)", OSError_GetAlarmBase_AlarmID() == NO_ALARM,
             OSError_GetAlarmBase_Info() == &base);
    }
}

TASK(Low)
{
    TickType left;

    STEP_STATUS(GetAlarmBase(NO_ALARM, &base));
    STEP_STATUS(GetAlarm(NO_ALARM, &left));
    STEP_STATUS(SetRelAlarm(NO_ALARM, 1, 0));
    STEP_STATUS(SetAbsAlarm(NO_ALARM, 1, 0));
    STEP_STATUS(CancelAlarm(NO_ALARM));
    STEP_STATUS(CancelAlarm((AlarmType)-1));
    ShutdownOS(E_OK);
}
