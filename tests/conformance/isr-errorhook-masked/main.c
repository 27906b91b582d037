/* SPDX-License-Identifier: Apache-2.0
 *
 * ErrorHook runs with category 2 masked: the interrupt that it raises comes after it.
 *
 * Tests: OSEK 11.1; rules 5.6
 */
#include "tests/conformance/step.h"

void ErrorHook(StatusType Error)
{
    TRIGGER(IsrHigh);
    STEP("ErrorHook(%u) ends", Error);
}

ISR(IsrHigh)
{
    STEP("IsrHigh");
}

TASK(Low)
{
    STEP_STATUS(ActivateTask(Low));
    ShutdownOS(E_OK);
}
