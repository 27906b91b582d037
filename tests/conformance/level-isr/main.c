/* SPDX-License-Identifier: Apache-2.0
 *
 * An ISR2 may call what a task may, but for the five services that need a running task: counters
 * and schedule tables too.
 *
 * Tests: OSEK 12.3; AUTOSAR 8.4; rules 2.2, 9.14, 8.1
 */
#include "tests/conformance/step.h"

ISR(IsrLow)
{
    ScheduleTableStatusType status = SCHEDULETABLE_NEXT;
    TickType value = 0;

    STEP("IsrLow, task %u", step_self());
    STEP_STATUS(GetCounterValue(Software, &value));
    STEP_STATUS(GetElapsedValue(Software, &value, &value));
    STEP_STATUS(StartScheduleTableRel(Table, 5));
    STEP_STATUS(GetScheduleTableStatus(Table, &status));
    STEP_VALUE(status == SCHEDULETABLE_RUNNING);
    STEP_STATUS(NextScheduleTable(Table, Next));
    STEP_STATUS(StopScheduleTable(Table));
    STEP_STATUS(StartScheduleTableAbs(Table, 5));
    STEP_STATUS(GetResource(Res));
    STEP_STATUS(ReleaseResource(Res));
}

TASK(High)
{
    TRIGGER(IsrLow);
    ShutdownOS(E_OK);
}
