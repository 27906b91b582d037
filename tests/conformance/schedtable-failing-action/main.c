/* SPDX-License-Identifier: Apache-2.0
 *
 * An action of an expiry point that fails calls ErrorHook; the other actions of the point are done
 * all the same.
 *
 * Tests: AUTOSAR 7.4; OSEK 11.2; rules 9.13, 9.6, 6.14
 */
#include "tests/conformance/step.h"
#include "tests/conformance/ticks.h"

void ErrorHook(StatusType Error)
{
    STEP("ErrorHook(%u), of ActivateTask: %u, Waiter: %u", Error,
         OSErrorGetServiceId() == OSServiceId_ActivateTask,
         OSError_ActivateTask_TaskID() == Waiter);
}

TASK(Low)
{
    STEP_STATUS(ActivateTask(Waiter));
    STEP_STATUS(StartScheduleTableRel(Once, 1));
    ticks(6);
    ShutdownOS(E_OK);
}

TASK(Waiter)
{
    WaitEvent(A);
    STEP("Waiter has A");
    TerminateTask();
}

PLAIN_TASK(Middle)
PLAIN_TASK(High)
