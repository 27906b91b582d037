/* SPDX-License-Identifier: Apache-2.0
 *
 * A second NextScheduleTable replaces the first; stopping the running table stops the one that was
 * to follow.
 *
 * Tests: AUTOSAR 8.4.10, 8.4.11; rules 9.10, 9.9
 */
#include "tests/conformance/step.h"
#include "tests/conformance/ticks.h"

static unsigned int status(ScheduleTableType table)
{
    ScheduleTableStatusType now = SCHEDULETABLE_WAITING;

    (void)GetScheduleTableStatus(table, &now);
    return now;
}

TASK(Low)
{
    STEP_STATUS(StartScheduleTableRel(Round, 1));
    STEP_STATUS(NextScheduleTable(Round, Once));
    STEP_STATUS(NextScheduleTable(Round, Follower));
    STEP_VALUE(status(Once) == SCHEDULETABLE_STOPPED);
    STEP_VALUE(status(Follower) == SCHEDULETABLE_NEXT);
    STEP_STATUS(StopScheduleTable(Round));
    STEP_VALUE(status(Round) == SCHEDULETABLE_STOPPED);
    STEP_VALUE(status(Follower) == SCHEDULETABLE_STOPPED);
    ticks(8);
    ShutdownOS(E_OK);
}
