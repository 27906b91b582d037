/* SPDX-License-Identifier: Apache-2.0
 *
 * An interrupt of a lower level waits until the handler of the higher one has ended; both come
 * before any task.
 *
 * Tests: OSEK 6; rules 5.9, 3.17
 */
#include "tests/conformance/step.h"

ISR(IsrHigh)
{
    STEP("IsrHigh begins");
    TRIGGER(IsrLow);
    TRIGGER(IsrMiddle);
    STEP_STATUS(ActivateTask(High));
    STEP("IsrHigh ends");
}

ISR(IsrMiddle)
{
    STEP("IsrMiddle");
}

ISR(IsrLow)
{
    STEP("IsrLow");
}

TASK(Low)
{
    TRIGGER(IsrHigh);
    STEP("Low goes on");
    ShutdownOS(E_OK);
}

PLAIN_TASK(High)
