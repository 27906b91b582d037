/* SPDX-License-Identifier: Apache-2.0
 *
 * E_OS_STATE (7) if armed, E_OS_VALUE (8) out of range, E_OS_ID (3), E_OS_NOFUNC (5) if not armed;
 * increment 0 is E_OS_VALUE.
 *
 * Tests: OSEK 13.6.3.1, 13.6.3.2, 13.6.3.3, 13.6.3.4, 13.6.3.5; AUTOSAR 8.4.22; rules 1.34, 1.36,
 * 1.38, 1.39, 1.42, 1.43, 1.46, 8.2
 */
#include "tests/conformance/step.h"

#define NO_ALARM CFG_ALARM_COUNT

TASK(Low)
{
    AlarmBaseType base = {0};
    TickType left = 0;

    STEP_STATUS(GetAlarmBase(Steps, &base));
    STEP("%u %u %u", base.maxallowedvalue, base.ticksperbase, base.mincycle);
    STEP_STATUS(SetRelAlarm(Steps, 0, 0));
    STEP_STATUS(SetRelAlarm(Steps, 10, 0));
    STEP_STATUS(SetRelAlarm(Steps, 1, 1));
    STEP_STATUS(SetRelAlarm(Steps, 1, 10));
    STEP_STATUS(SetAbsAlarm(Steps, 10, 0));
    STEP_STATUS(SetAbsAlarm(Steps, (TickType)-1, 0));
    STEP_STATUS(SetAbsAlarm(Steps, 0, 1));
    STEP_STATUS(CancelAlarm(Steps));
    STEP_STATUS(SetRelAlarm(Steps, 9, 9));
    STEP_STATUS(SetRelAlarm(Steps, 1, 0));
    STEP_STATUS(SetAbsAlarm(Steps, 1, 0));
    STEP_STATUS(GetAlarm(Steps, &left));
    STEP("%u left", left);
    STEP_STATUS(SetRelAlarm(NO_ALARM, 1, 0));
    STEP_STATUS(SetAbsAlarm(NO_ALARM, 1, 0));
    STEP_STATUS(GetAlarm(NO_ALARM, &left));
    STEP_STATUS(GetAlarmBase(NO_ALARM, &base));
    STEP_STATUS(CancelAlarm(NO_ALARM));
    STEP_STATUS(IncrementCounter(SystemCounter));
    ShutdownOS(E_OK);
}

ALARMCALLBACK(Timed)
{
    STEP("Timed must not expire");
}

ALARMCALLBACK(Calls)
{
    STEP("Calls must not expire");
}
