/* SPDX-License-Identifier: Apache-2.0
 *
 * Every service in an interrupt section of a task is E_OS_DISABLEDINT (19) in extended status and
 * does nothing; the interrupt services stay allowed.
 *
 * Tests: OSEK 13.3.2, 11.2; AUTOSAR 8.4; rules 8.3, 9.14, 1.50
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

static unsigned int hooked;

void ErrorHook(StatusType Error)
{
    hooked += Error == E_OS_DISABLEDINT;
}

TASK(High)
{
    SuspendAllInterrupts();
    forbidden();
    ResumeAllInterrupts();
    STEP_VALUE(hooked);
    STEP_STATE(Middle);
    DisableAllInterrupts();
    STEP_STATUS(ActivateTask(Middle));
    EnableAllInterrupts();
    SuspendOSInterrupts();
    STEP_STATUS(ActivateTask(Middle));
    ResumeOSInterrupts();
    STEP_STATUS(ActivateTask(Middle));
    ShutdownOS(E_OK);
}
