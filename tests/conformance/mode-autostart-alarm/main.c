/* SPDX-License-Identifier: Apache-2.0
 *
 * An autostart alarm is relative to the start: first after ALARMTIME, then after each CYCLETIME.
 *
 * Tests: OSEK 11.3, 5.3; rules 7.2, 6.11, 8.8
 */
#include "tests/conformance/step.h"

PLAIN_TASK(NormalTask)
PLAIN_TASK(Middle)

TASK(Low)
{
    unsigned int i;

    for (i = 1; i <= 6; i++) {
        STEP("tick %u", i);
        IncrementCounter(Software);
    }
    ShutdownOS(E_OK);
}
