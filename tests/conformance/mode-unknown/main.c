/* SPDX-License-Identifier: Apache-2.0
 *
 * StartOS with a mode that does not exist: nothing starts, the system ends with E_OS_ID (3).
 *
 * Tests: OSEK 13.7.2.2, 13.7.2.3; rules 8.13, 7.3
 */
#include "tests/conformance/step.h"

const AppModeType start_mode = CFG_APPMODE_COUNT;

TASK(Low)
{
    STEP("must not run");
    TerminateTask();
}
