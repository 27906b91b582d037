/* SPDX-License-Identifier: Apache-2.0
 *
 * NextScheduleTable: the next table starts when the round of the running one has ended, which is
 * then stopped.
 *
 * Tests: AUTOSAR 8.4.11, 8.4.16; rules 9.10, 9.11
 */
#include "tests/conformance/step.h"
#include "tests/conformance/ticks.h"

static const char *status(ScheduleTableType table)
{
    static const char *const names[] = {"STOPPED", "NEXT", "WAITING", "RUNNING", "SYNCHRONOUS"};
    ScheduleTableStatusType now = SCHEDULETABLE_STOPPED;

    return GetScheduleTableStatus(table, &now) == E_OK ? names[now] : "unknown";
}

TASK(Low)
{
    STEP_STATUS(StartScheduleTableRel(Round, 1));
    ticks(1);
    STEP_STATUS(NextScheduleTable(Round, Follower));
    STEP("Round %s, Follower %s", status(Round), status(Follower));
    ticks(4);
    STEP("Round %s, Follower %s", status(Round), status(Follower));
    ticks(1);
    STEP("Round %s, Follower %s", status(Round), status(Follower));
    ticks(4);
    STEP("Round %s, Follower %s", status(Round), status(Follower));
    ShutdownOS(E_OK);
}

PLAIN_TASK(Middle)
PLAIN_TASK(High)
