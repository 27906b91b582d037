/* SPDX-License-Identifier: Apache-2.0
 *
 * PostTaskHook may call the services that figure 12-1 allows it; every other one is E_OS_CALLEVEL
 * (2), reported to ErrorHook, and does nothing.
 *
 * Tests: OSEK 12.3, 11.5; AUTOSAR 8.4; rules 2.6, 9.14, 7.10
 */
#include "tests/conformance/step.h"

static void forbidden(void)
{
    static TickType value;
    static ScheduleTableStatusType status;

    STEP_STATUS(ActivateTask(Middle));
    STEP_STATUS(TerminateTask());
    STEP_STATUS(ChainTask(Middle));
    STEP_STATUS(Schedule());
    STEP_STATUS(GetResource(Res));
    STEP_STATUS(ReleaseResource(Res));
    STEP_STATUS(SetEvent(Waiter, A));
    STEP_STATUS(ClearEvent(A));
    STEP_STATUS(WaitEvent(A));
    STEP_STATUS(SetRelAlarm(Alarm, 1, 0));
    STEP_STATUS(SetAbsAlarm(Alarm, 1, 0));
    STEP_STATUS(CancelAlarm(Alarm));
    STEP_STATUS(IncrementCounter(Software));
    STEP_STATUS(GetCounterValue(Software, &value));
    STEP_STATUS(GetElapsedValue(Software, &value, &value));
    STEP_STATUS(StartScheduleTableRel(Table, 1));
    STEP_STATUS(StartScheduleTableAbs(Table, 1));
    STEP_STATUS(StopScheduleTable(Table));
    STEP_STATUS(NextScheduleTable(Table, Next));
    STEP_STATUS(GetScheduleTableStatus(Table, &status));
}

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

void PostTaskHook(void)
{
    if (step_self() != Middle) {
        return;
    }
    STEP("PostTaskHook");
    observe();
    forbidden();
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
    STEP_STATUS(ActivateTask(Middle));
    ShutdownOS(E_OK);
}

TASK(Middle)
{
    STEP("Middle runs");
    TerminateTask();
}
