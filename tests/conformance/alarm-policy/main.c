/* SPDX-License-Identifier: Apache-2.0
 *
 * The task of an alarm that expires preempts a preemptable task and waits for a NON one.
 *
 * Tests: OSEK 9.2, 4.6.1, 4.6.2; rules 6.13, 3.14, 3.15, 3.18
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(SetRelAlarm(SoftHigh, 1, 0));
    STEP_STATUS(SetRelAlarm(SoftMiddle, 1, 0));
    STEP_STATUS(IncrementCounter(Software));
    STEP_STATUS(Schedule());
    ShutdownOS(E_OK);
}

PLAIN_TASK(Middle)
PLAIN_TASK(High)
