/* SPDX-License-Identifier: Apache-2.0
 *
 * GetAlarmBase tells the constants of the alarm's counter, which are those of OIL and of the
 * OSMAXALLOWEDVALUE_x macros.
 *
 * Tests: OSEK 13.6.3.1, 13.6.4; rules 6.17, 6.16
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    AlarmBaseType base = {0};

    STEP_STATUS(GetAlarmBase(Steps, &base));
    STEP_VALUE(base.maxallowedvalue);
    STEP_VALUE(base.ticksperbase);
    STEP_VALUE(base.mincycle);
    STEP_VALUE(base.maxallowedvalue == OSMAXALLOWEDVALUE_Software);
    STEP_VALUE(base.ticksperbase == OSTICKSPERBASE_Software);
    STEP_VALUE(base.mincycle == OSMINCYCLE_Software);
    STEP_STATUS(GetAlarmBase(Auto, &base));
    STEP_VALUE(base.maxallowedvalue == OSMAXALLOWEDVALUE && base.mincycle == OSMINCYCLE);
    ShutdownOS(E_OK);
}
