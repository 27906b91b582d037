/* SPDX-License-Identifier: Apache-2.0
 *
 * Values out of range, extended status: E_OS_VALUE (8) for an increment or start above
 * maxallowedvalue or "below 0", and a cycle outside mincycle .. maxallowedvalue; the limits
 * themselves are fine.
 *
 * Tests: OSEK 13.6.3.3, 13.6.3.4; rules 1.39, 1.40, 1.43, 1.44, 6.9
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(SetRelAlarm(Steps, 10, 0));
    STEP_STATUS(SetRelAlarm(Steps, (TickType)-1, 0));
    STEP_STATUS(SetRelAlarm(Steps, 1, 1));
    STEP_STATUS(SetRelAlarm(Steps, 1, 10));
    STEP_STATUS(SetRelAlarm(Steps, 1, (TickType)-1));
    STEP_STATUS(SetAbsAlarm(Steps, 10, 0));
    STEP_STATUS(SetAbsAlarm(Steps, (TickType)-1, 0));
    STEP_STATUS(SetAbsAlarm(Steps, 1, 1));
    STEP_STATUS(SetAbsAlarm(Steps, 1, 10));
    STEP_STATUS(CancelAlarm(Steps));
    STEP_STATUS(SetRelAlarm(Steps, 9, 2));
    STEP_STATUS(CancelAlarm(Steps));
    STEP_STATUS(SetAbsAlarm(Steps, 0, 9));
    STEP_STATUS(CancelAlarm(Steps));
    STEP_STATUS(SetRelAlarm(WideHigh, 4294967295u, 4294967295u));
    ShutdownOS(E_OK);
}
