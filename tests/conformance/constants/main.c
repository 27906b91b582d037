/* SPDX-License-Identifier: Apache-2.0
 *
 * Ids, masks and constants of the configuration are constant expressions: usable as array sizes
 * and case labels.
 *
 * Tests: OSEK 13.2.4, 13.4.4, 13.6.4, 13.7.4; rules 8.14, 6.16
 */
#include "tests/conformance/step.h"

_Static_assert(Low != Middle && Middle != High, "13.2.4");
_Static_assert(INVALID_TASK != Low && INVALID_TASK != Middle && INVALID_TASK != High, "13.2.4");
_Static_assert(RUNNING != WAITING && WAITING != READY && READY != SUSPENDED, "13.2.4");
_Static_assert(RES_SCHEDULER != ResMiddle && RES_SCHEDULER != ResHigh, "13.4.4");
_Static_assert(OSDEFAULTAPPMODE == Normal, "13.7.4: the first of OIL");
_Static_assert(OSMAXALLOWEDVALUE_Software == 9 && OSTICKSPERBASE_Software == 1, "13.6.4");
_Static_assert(OSMINCYCLE_Software == 2, "13.6.4");
_Static_assert(OSMAXALLOWEDVALUE == OSMAXALLOWEDVALUE_SystemCounter, "13.6.4");
_Static_assert(OSTICKSPERBASE == OSTICKSPERBASE_SystemCounter, "13.6.4");
_Static_assert(OSMINCYCLE == OSMINCYCLE_SystemCounter, "13.6.4");
_Static_assert(OSMAXALLOWEDVALUE == 4294967295u && OSMINCYCLE == 1, "13.6.4");
_Static_assert(OSTICKDURATION == 50000000u, "13.6.4: ns");

static unsigned int place(TaskType task)
{
    switch (task) {
    case Low:
        return 1;
    case Middle:
        return 2;
    case High:
        return 3;
    default:
        return 0;
    }
}

TASK(Low)
{
    unsigned char per_tick[OSMAXALLOWEDVALUE_Software + 1];

    STEP_VALUE(sizeof(per_tick));
    STEP_VALUE(place(Middle));
    STEP_VALUE(place(INVALID_TASK));
    ShutdownOS(E_OK);
}
