/* SPDX-License-Identifier: Apache-2.0
 *
 * Standard status does not check mincycle: a shorter cycle works.
 *
 * Tests: OSEK 13.6.3.3; rules 6.12
 */
#include "tests/conformance/step.h"
#include "tests/conformance/ticks.h"

TASK(Low)
{
    STEP_STATUS(SetRelAlarm(Steps, 1, 1));
    ticks(3);
    ShutdownOS(E_OK);
}

PLAIN_TASK(High)
