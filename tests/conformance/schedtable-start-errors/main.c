/* SPDX-License-Identifier: Apache-2.0
 *
 * Starting a table that is not stopped: E_OS_STATE (7) in both statuses, and it keeps its time.
 * Extended status: E_OS_ID (3), E_OS_VALUE (8) for an offset of 0 or too high, a start too high.
 *
 * Tests: AUTOSAR 8.4.8, 8.4.9; rules 9.7, 9.8
 */
#include "tests/conformance/step.h"
#include "tests/conformance/ticks.h"

TASK(Low)
{
    if (CFG_EXTENDED_STATUS) {
        STEP_STATUS(StartScheduleTableRel(CFG_SCHEDTABLE_COUNT, 1));
        STEP_STATUS(StartScheduleTableAbs(CFG_SCHEDTABLE_COUNT, 1));
        STEP_STATUS(StartScheduleTableRel(Follower, 0));
        STEP_STATUS(StartScheduleTableRel(Follower, 99));
        STEP_STATUS(StartScheduleTableRel(Follower, 100));
        STEP_STATUS(StartScheduleTableAbs(Follower, 100));
    }
    STEP_STATUS(StartScheduleTableRel(Follower, 98));
    STEP_STATUS(StopScheduleTable(Follower));
    STEP_STATUS(StartScheduleTableRel(Follower, 1));
    STEP_STATUS(StartScheduleTableRel(Follower, 3));
    STEP_STATUS(StartScheduleTableAbs(Follower, 50));
    ticks(2);
    ShutdownOS(E_OK);
}

PLAIN_TASK(High)
