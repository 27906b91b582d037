/* SPDX-License-Identifier: Apache-2.0
 *
 * What ErrorHook may call works in both statuses.
 *
 * Tests: OSEK 12.3, 11.2; rules 2.5, 7.5
 */
#include "tests/conformance/step.h"

static void observe(void)
{
    static EventMaskType mask;
    static TickType tick;
    static AlarmBaseType base;

    STEP("task %u", step_self());
    STEP_STATE(Waiter);
    STEP_STATUS(GetEvent(Waiter, &mask));
    STEP_STATUS(GetAlarmBase(Alarm, &base));
    STEP_STATUS(GetAlarm(Alarm, &tick));
    STEP_VALUE(GetActiveApplicationMode() == Normal);
    SuspendAllInterrupts();
    ResumeAllInterrupts();
}

void ErrorHook(StatusType Error)
{
    STEP("ErrorHook(%u)", Error);
    observe();
}

TASK(High)
{
    SetRelAlarm(Alarm, 50, 0);
    ActivateTask(Waiter);
    TerminateTask();
}

TASK(Waiter)
{
    WaitEvent(A);
    STEP("must not come here");
}

TASK(Low)
{
    STEP_STATUS(ActivateTask(Low));
    ShutdownOS(E_OK);
}
