/* SPDX-License-Identifier: Apache-2.0
 *
 * A task may call every service.
 *
 * Tests: OSEK 12.3; AUTOSAR 8.4; rules 2.1
 */
#include "tests/conformance/step.h"

TASK(High)
{
    TaskType task;
    TaskStateType state;
    TickType value;
    AlarmBaseType base;
    ScheduleTableStatusType status;

    STEP_STATUS(GetTaskID(&task));
    STEP_STATUS(GetTaskState(Low, &state));
    STEP_STATUS(Schedule());
    STEP_STATUS(ActivateTask(Waiter));
    STEP_STATUS(SetRelAlarm(Alarm, 5, 0));
    STEP_STATUS(GetAlarm(Alarm, &value));
    STEP_STATUS(GetAlarmBase(Alarm, &base));
    STEP_STATUS(CancelAlarm(Alarm));
    STEP_STATUS(SetAbsAlarm(Alarm, 5, 0));
    STEP_STATUS(IncrementCounter(Software));
    STEP_STATUS(GetCounterValue(Software, &value));
    STEP_STATUS(GetElapsedValue(Software, &value, &value));
    STEP_STATUS(StartScheduleTableRel(Table, 5));
    STEP_STATUS(NextScheduleTable(Table, Next));
    STEP_STATUS(GetScheduleTableStatus(Next, &status));
    STEP_STATUS(StopScheduleTable(Table));
    STEP_STATUS(StartScheduleTableAbs(Table, 5));
    STEP_STATUS(SetEvent(Waiter, A));
    DisableAllInterrupts();
    EnableAllInterrupts();
    SuspendAllInterrupts();
    ResumeAllInterrupts();
    SuspendOSInterrupts();
    ResumeOSInterrupts();
    ChainTask(Middle);
}

TASK(Middle)
{
    STEP_STATUS(GetResource(Res));
    STEP_STATUS(ReleaseResource(Res));
    STEP_VALUE(GetActiveApplicationMode());
    TerminateTask();
}

TASK(Waiter)
{
    EventMaskType mask;

    STEP_STATUS(WaitEvent(A));
    STEP_STATUS(GetEvent(Waiter, &mask));
    STEP_STATUS(ClearEvent(mask));
    ShutdownOS(E_OK);
}
