/* SPDX-License-Identifier: Apache-2.0
 *
 * What an ISR2 may call works in an ISR2: the task, alarm, counter and resource services that
 * figure 12-1 allows.
 *
 * Tests: OSEK 12.3; AUTOSAR 8.4; rules 2.2, 3.35, 8.1, 8.6, 4.11
 */
#include "tests/conformance/step.h"

ISR(IsrLow)
{
    TickType tick = 0;
    AlarmBaseType base = {0};

    STEP_VALUE(step_self() == Low);
    STEP_STATE(Low);
    STEP_STATUS(SetRelAlarm(Alarm, 3, 0));
    STEP_STATUS(IncrementCounter(Software));
    STEP_STATUS(GetAlarm(Alarm, &tick));
    STEP_VALUE(tick);
    STEP_STATUS(CancelAlarm(Alarm));
    STEP_STATUS(SetAbsAlarm(Alarm, 2, 0));
    STEP_STATUS(GetAlarmBase(Alarm, &base));
    STEP_VALUE(base.maxallowedvalue);
    STEP_STATUS(GetResource(ResLow));
    STEP_STATUS(ReleaseResource(ResLow));
    STEP_VALUE(GetActiveApplicationMode() == Normal);
    STEP_STATUS(IncrementCounter(Software));
    STEP("IsrLow ends");
}

TASK(Low)
{
    TRIGGER(IsrLow);
    ShutdownOS(E_OK);
}

PLAIN_TASK(Middle)
