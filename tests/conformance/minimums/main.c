/* SPDX-License-Identifier: Apache-2.0
 *
 * The minimums of figure 3-3: 16 tasks of 16 priorities that are not suspended at a time, of which
 * some wait; priority 0 is the lowest.
 *
 * Tests: OSEK 3.2, 4.5; rules 4.18, 3.1, 3.34
 */
#include "tests/conformance/step.h"

#define EXTENDED(n)                                                                                \
    TASK(T##n)                                                                                     \
    {                                                                                              \
        WaitEvent(E0 | E1 | E2 | E3 | E4 | E5 | E6 | E7);                                          \
        STEP("T" #n " has %u", step_events(T##n) != 0);                                            \
        TerminateTask();                                                                           \
    }

EXTENDED(1)
EXTENDED(3)
EXTENDED(5)
EXTENDED(7)
EXTENDED(9)
EXTENDED(11)
EXTENDED(13)
EXTENDED(15)
PLAIN_TASK(T2)
PLAIN_TASK(T4)
PLAIN_TASK(T6)
PLAIN_TASK(T8)
PLAIN_TASK(T10)
PLAIN_TASK(T12)
PLAIN_TASK(T14)

static const TaskType extended[] = {T1, T3, T5, T7, T9, T11, T13, T15};
static const TaskType basic[] = {T2, T4, T6, T8, T10, T12, T14};
static const EventMaskType events[] = {E0, E1, E2, E3, E4, E5, E6, E7};
static const ResourceType resources[] = {RES_SCHEDULER, R1, R2, R3, R4, R5, R6, R7};

TASK(T0)
{
    EventMaskType all = 0;
    unsigned int i;

    for (i = 0; i != 8; i++) {
        ActivateTask(extended[i]);
        all += events[i];
    }
    STEP_VALUE(all == (E0 | E1 | E2 | E3 | E4 | E5 | E6 | E7));
    GetResource(RES_SCHEDULER);
    for (i = 0; i != 7; i++) {
        ActivateTask(basic[i]);
    }
    for (i = 0; i != 8; i++) {
        SetEvent(extended[i], events[i]);
    }
    ReleaseResource(RES_SCHEDULER);
    for (i = 0; i != 8; i++) {
        GetResource(resources[i]);
        ReleaseResource(resources[i]);
    }
    ShutdownOS(E_OK);
}
