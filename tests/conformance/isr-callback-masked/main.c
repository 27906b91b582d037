/* SPDX-License-Identifier: Apache-2.0
 *
 * An alarm callback runs with category 2 masked: the interrupt that it raises comes after it.
 *
 * Tests: OSEK 9.2; rules 5.7, 6.19
 */
#include "tests/conformance/step.h"

ALARMCALLBACK(Called)
{
    TRIGGER(IsrHigh);
    STEP("Called ends");
}

ISR(IsrHigh)
{
    STEP("IsrHigh");
}

TASK(Low)
{
    STEP_STATUS(SetRelAlarm(Calls, 1, 0));
    STEP_STATUS(IncrementCounter(Software));
    ShutdownOS(E_OK);
}
