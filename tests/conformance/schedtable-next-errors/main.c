/* SPDX-License-Identifier: Apache-2.0
 *
 * NextScheduleTable: E_OS_NOFUNC (5) if the first is stopped or itself to follow, E_OS_STATE (7)
 * if the second is not stopped, in both statuses; E_OS_ID (3) in extended status, for different
 * counters too.
 *
 * Tests: AUTOSAR 8.4.11; rules 9.10
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(NextScheduleTable(Round, Follower));
    STEP_STATUS(StartScheduleTableRel(Round, 1));
    STEP_STATUS(NextScheduleTable(Round, Round));
    STEP_STATUS(StartScheduleTableRel(Once, 1));
    STEP_STATUS(NextScheduleTable(Round, Once));
    STEP_STATUS(NextScheduleTable(Round, Follower));
    STEP_STATUS(NextScheduleTable(Follower, Once));
    STEP_STATUS(NextScheduleTable(Once, Follower));
    if (CFG_EXTENDED_STATUS) {
        STEP_STATUS(NextScheduleTable(CFG_SCHEDTABLE_COUNT, Follower));
        STEP_STATUS(NextScheduleTable(Round, CFG_SCHEDTABLE_COUNT));
        STEP_STATUS(NextScheduleTable(Round, AutoRel));
    }
    ShutdownOS(E_OK);
}
