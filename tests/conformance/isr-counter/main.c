/* SPDX-License-Identifier: Apache-2.0
 *
 * An ISR2 that increments a counter: the alarm's task runs when the ISR has ended.
 *
 * Tests: OSEK 9.2, 4.6.1, 6; AUTOSAR 8.4; rules 8.6, 3.14, 3.17
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(SetRelAlarm(Alarm, 1, 1));
    TRIGGER(IsrLow);
    TRIGGER(IsrLow);
    STEP_STATUS(CancelAlarm(Alarm));
    ShutdownOS(E_OK);
}

ISR(IsrLow)
{
    STEP_STATUS(IncrementCounter(Software));
    STEP_STATE(Middle);
}

PLAIN_TASK(Middle)
