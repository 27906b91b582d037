/* SPDX-License-Identifier: Apache-2.0
 *
 * Each service is called somewhere, so that it is linked. Nothing runs this image: it is there to be measured.
 */
#include "kernel/os.h"

static void tasks(void)
{
    TaskType id;
    TaskStateType state;

    (void)GetTaskID(&id);
    (void)GetTaskState(Above, &state);
    (void)ActivateTask(Extended);
    (void)Schedule();
    (void)GetActiveApplicationMode();
}

static void interrupts(void)
{
    DisableAllInterrupts();
    EnableAllInterrupts();
    SuspendAllInterrupts();
    ResumeAllInterrupts();
    SuspendOSInterrupts();
    ResumeOSInterrupts();
}

static void resources_and_events(void)
{
    EventMaskType events;

    (void)GetResource(Shared);
    (void)ReleaseResource(Shared);
    (void)SetEvent(Extended, Go);
    (void)GetEvent(Extended, &events);
}

static void time(void)
{
    AlarmBaseType base;
    TickType tick;
    TickType elapsed;

    (void)GetAlarmBase(Alarm, &base);
    (void)SetRelAlarm(Alarm, 1, 0);
    (void)SetAbsAlarm(Call, 1, 0);
    (void)GetAlarm(Alarm, &tick);
    (void)CancelAlarm(Alarm);
    (void)OSAlarmLostCount(Alarm);
    (void)IncrementCounter(Soft);
    (void)GetCounterValue(Soft, &tick);
    (void)GetElapsedValue(Soft, &tick, &elapsed);
}

static void schedule_tables(void)
{
    ScheduleTableStatusType status;

    (void)StartScheduleTableRel(Table, 1);
    (void)StartScheduleTableAbs(Table, 1);
    (void)NextScheduleTable(Table, Table);
    (void)GetScheduleTableStatus(Table, &status);
    (void)StopScheduleTable(Table);
    (void)OSScheduleTableLostCount(Table);
}

static void reports(void)
{
    OSStackInfoType stack;

    (void)OSTaskName(Basic);
    (void)OSStackInfo(0, &stack);
    (void)OSMayWait();
}

TASK(Basic)
{
    tasks();
    interrupts();
    resources_and_events();
    time();
    schedule_tables();
    reports();
    (void)ChainTask(Computing);
}

/* The one more that two of one_more/ have. */
void task_More(void);
void task_More(void)
{
    (void)TerminateTask();
}

TASK(Above)
{
    (void)TerminateTask();
}

TASK(Extended)
{
    (void)WaitEvent(Go);
    (void)ClearEvent(Go);
    (void)TerminateTask();
}

TASK(Computing)
{
    ShutdownOS(E_OK);
}

ISR(Line)
{
}

ISR(Quick)
{
}

ISR(Channel)
{
}

ALARMCALLBACK(Call)
{
}

void ErrorHook(StatusType error)
{
    (void)error;
    (void)OSErrorGetServiceId();
    (void)OSError_ActivateTask_TaskID();
}

void StartupHook(void)
{
}

void ShutdownHook(StatusType error)
{
    (void)error;
}

void PreTaskHook(void)
{
}

void PostTaskHook(void)
{
}

void IdleHook(void)
{
}
