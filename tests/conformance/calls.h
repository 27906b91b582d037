/* SPDX-License-Identifier: Apache-2.0
 *
 * The services in the groups of OSEK's figure 12-1, for the cases that call them in each context. The
 * objects are those of oil/body/hooks.oil.
 */
#ifndef CALLS_H
#define CALLS_H

#include "tests/conformance/step.h"

/** What only tasks, ISRs of category 2 and IdleHook may call. */
static inline void call_workers_services(void)
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

/** What ErrorHook, PreTaskHook and PostTaskHook may call, too: where it is refused. */
static inline void call_observers_services(void)
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

/** The same where it is allowed, with what it tells. */
static inline void observe(void)
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

#endif
