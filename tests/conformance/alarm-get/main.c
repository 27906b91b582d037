/* SPDX-License-Identifier: Apache-2.0
 *
 * GetAlarm tells the ticks from now to the next expiry, for cyclic and absolute alarms too.
 *
 * Tests: OSEK 13.6.3.2; rules 6.15
 */
#include "tests/conformance/step.h"
#include "tests/conformance/ticks.h"

static void left(AlarmType alarm)
{
    TickType count = 99;

    STEP_STATUS(GetAlarm(alarm, &count));
    STEP_VALUE(count);
}

TASK(Low)
{
    STEP_STATUS(SetRelAlarm(Mids, 2, 6));
    STEP_STATUS(SetAbsAlarm(Sets, 9, 0));
    left(Mids);
    left(Sets);
    ticks(3);
    left(Mids);
    left(Sets);
    ShutdownOS(E_OK);
}

PLAIN_TASK(Middle)
