/* SPDX-License-Identifier: Apache-2.0
 *
 * SetRelAlarm and SetAbsAlarm of an alarm that is armed: E_OS_STATE (7) in both statuses, and it
 * keeps its time.
 *
 * Tests: OSEK 13.6.3.3, 13.6.3.4, 11.2; rules 1.37, 1.41, 1.50, 7.8, 7.9
 */
#include "tests/conformance/step.h"
#include "tests/conformance/ticks.h"

void ErrorHook(StatusType Error)
{
    STEP("ErrorHook(%u)", Error);
    if (OSErrorGetServiceId() == OSServiceId_SetRelAlarm) {
        STEP("SetRelAlarm(%u, %u, %u)", OSError_SetRelAlarm_AlarmID() == Steps,
             (unsigned int)OSError_SetRelAlarm_increment(),
             (unsigned int)OSError_SetRelAlarm_cycle());
    }
    if (OSErrorGetServiceId() == OSServiceId_SetAbsAlarm) {
        STEP("SetAbsAlarm(%u, %u, %u)", OSError_SetAbsAlarm_AlarmID() == Steps,
             (unsigned int)OSError_SetAbsAlarm_start(), (unsigned int)OSError_SetAbsAlarm_cycle());
    }
}

TASK(Low)
{
    STEP_STATUS(SetRelAlarm(Steps, 3, 0));
    STEP_STATUS(SetRelAlarm(Steps, 1, 2));
    STEP_STATUS(SetAbsAlarm(Steps, 2, 3));
    ticks(3);
    STEP_STATUS(SetAbsAlarm(Steps, 5, 0));
    ticks(2);
    ShutdownOS(E_OK);
}

PLAIN_TASK(High)
