/* SPDX-License-Identifier: Apache-2.0
 *
 * StartupHook may call GetActiveApplicationMode; every other service is E_OS_CALLEVEL (2),
 * reported to ErrorHook, and does nothing.
 *
 * Tests: OSEK 12.3, 11.3; AUTOSAR 8.4; rules 2.7, 9.14
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
    static TaskType task;
    static TaskStateType state;
    static EventMaskType mask;
    static TickType tick;
    static AlarmBaseType base;

    STEP_STATUS(GetTaskID(&task));
    STEP_STATUS(GetTaskState(Low, &state));
    STEP_STATUS(GetEvent(Waiter, &mask));
    STEP_STATUS(GetAlarmBase(Alarm, &base));
    STEP_STATUS(GetAlarm(Alarm, &tick));
}

void StartupHook(void)
{
    STEP("StartupHook, mode %u", GetActiveApplicationMode());
    forbidden();
    observe();
}

TASK(High)
{
    STEP("High runs");
    ShutdownOS(E_OK);
}
