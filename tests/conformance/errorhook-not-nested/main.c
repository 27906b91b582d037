/* SPDX-License-Identifier: Apache-2.0
 *
 * An error of a service that ErrorHook calls is only returned: ErrorHook is never nested, and is
 * called again for the next error.
 *
 * Tests: OSEK 11.2; rules 7.7, 7.5
 */
#include "tests/conformance/step.h"

void ErrorHook(StatusType Error)
{
    TickType left;

    STEP("ErrorHook(%u) begins", Error);
    STEP_STATUS(GetAlarm(AlarmHigh, &left));
    STEP("ErrorHook(%u) ends, of ActivateTask: %u", Error,
         OSErrorGetServiceId() == OSServiceId_ActivateTask);
}

TASK(Low)
{
    STEP_STATUS(ActivateTask(Low));
    STEP_STATUS(ActivateTask(Low));
    ShutdownOS(E_OK);
}
