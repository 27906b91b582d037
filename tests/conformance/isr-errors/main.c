/* SPDX-License-Identifier: Apache-2.0
 *
 * ErrorHook is called for errors of services in an ISR2, before the service returns there; the ISR
 * goes on.
 *
 * Tests: OSEK 11.2, 13.2.3.1; rules 7.6, 7.5, 1.2
 */
#include "tests/conformance/step.h"

void ErrorHook(StatusType Error)
{
    STEP("ErrorHook(%u) while task %s is interrupted", Error, step_self() == Low ? "Low" : "?");
}

ISR(IsrLow)
{
    STEP_STATUS(ActivateTask(Low));
    STEP_STATUS(ActivateTask(High));
    STEP_STATUS(ActivateTask(High));
    STEP_STATUS(CancelAlarm(Alarm));
}

TASK(Low)
{
    TRIGGER(IsrLow);
    ShutdownOS(E_OK);
}

PLAIN_TASK(High)
