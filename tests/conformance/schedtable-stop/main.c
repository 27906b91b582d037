/* SPDX-License-Identifier: Apache-2.0
 *
 * StopScheduleTable: no expiry point any more; E_OS_NOFUNC (5) if it is stopped, in both statuses;
 * E_OS_ID (3) in extended status.
 *
 * Tests: AUTOSAR 8.4.10; rules 9.9
 */
#include "tests/conformance/step.h"
#include "tests/conformance/ticks.h"

TASK(Low)
{
    STEP_STATUS(StopScheduleTable(Once));
    STEP_STATUS(StartScheduleTableRel(Once, 1));
    ticks(3);
    STEP_STATUS(StopScheduleTable(Once));
    ticks(4);
    STEP_STATUS(StopScheduleTable(Once));
    STEP_STATUS(StartScheduleTableRel(Once, 1));
    ticks(3);
    if (CFG_EXTENDED_STATUS) {
        STEP_STATUS(StopScheduleTable(CFG_SCHEDTABLE_COUNT));
    }
    ShutdownOS(E_OK);
}

PLAIN_TASK(Middle)
