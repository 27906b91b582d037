/* SPDX-License-Identifier: Apache-2.0
 *
 * A repeating schedule table goes round after round, an expiry point at offset 0 included, until
 * StopScheduleTable.
 *
 * Tests: AUTOSAR 7.4, 8.4.8, 8.4.10; rules 9.5, 9.9
 */
#include "tests/conformance/step.h"
#include "tests/conformance/ticks.h"

TASK(Low)
{
    STEP_STATUS(StartScheduleTableRel(Round, 2));
    ticks(10);
    STEP_STATUS(StopScheduleTable(Round));
    ticks(5);
    ShutdownOS(E_OK);
}

PLAIN_TASK(Middle)
PLAIN_TASK(High)
