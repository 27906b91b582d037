/* SPDX-License-Identifier: Apache-2.0
 *
 * StartOS with another mode: the tasks and alarms of that mode start, those of the default one do
 * not.
 *
 * Tests: OSEK 5.2, 13.7.2.1, 13.7.2.2, 11.3; rules 7.2, 7.3, 7.4
 */
#include "tests/conformance/step.h"

const AppModeType start_mode = Service;

TASK(Low)
{
    TickType left = 0;
    unsigned int i;

    STEP_VALUE(GetActiveApplicationMode() == Service);
    STEP_STATUS(GetAlarm(ServiceAlarm, &left));
    STEP_VALUE(left);
    STEP_STATUS(GetAlarm(NormalAlarm, &left));
    for (i = 1; i <= 4; i++) {
        STEP("tick %u", i);
        IncrementCounter(Software);
    }
    ShutdownOS(E_OK);
}

PLAIN_TASK(ServiceTask)
PLAIN_TASK(High)
