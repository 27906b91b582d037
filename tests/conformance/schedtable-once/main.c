/* SPDX-License-Identifier: Apache-2.0
 *
 * A single-shot schedule table: each expiry point at its offset from the start, once; then it is
 * stopped.
 *
 * Tests: AUTOSAR 7.4, 8.4.8, 8.4.16; rules 9.4, 9.6, 9.11
 */
#include "tests/conformance/step.h"
#include "tests/conformance/ticks.h"

static unsigned int status(void)
{
    ScheduleTableStatusType now = SCHEDULETABLE_WAITING;

    (void)GetScheduleTableStatus(Once, &now);
    return now == SCHEDULETABLE_RUNNING ? 1 : now == SCHEDULETABLE_STOPPED ? 0 : 9;
}

TASK(Low)
{
    STEP_VALUE(status());
    STEP_STATUS(StartScheduleTableRel(Once, 1));
    STEP_VALUE(status());
    ticks(6);
    STEP_VALUE(status());
    ticks(1);
    STEP_VALUE(status());
    ticks(7);
    ShutdownOS(E_OK);
}

TASK(Waiter)
{
    STEP("Waiter starts");
    WaitEvent(A);
    STEP("Waiter has A");
    TerminateTask();
}

PLAIN_TASK(Middle)
PLAIN_TASK(High)
