/* SPDX-License-Identifier: Apache-2.0
 *
 * Without ErrorHook an error is only returned.
 *
 * Tests: OSEK 11.1, 11.2; rules 7.17, 1.2
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    TickType left;

    STEP_STATUS(ActivateTask(Low));
    STEP_STATUS(GetAlarm(AlarmHigh, &left));
    STEP_STATUS(ActivateTask(High));
    ShutdownOS(E_OK);
}

PLAIN_TASK(High)
