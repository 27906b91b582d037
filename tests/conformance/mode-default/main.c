/* SPDX-License-Identifier: Apache-2.0
 *
 * OSDEFAULTAPPMODE is OIL's first mode: its tasks start, highest first, those of the other mode do
 * not.
 *
 * Tests: OSEK 5.2, 5.3, 13.7.2.1, 11.3; rules 7.2, 7.3, 7.4
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_VALUE(GetActiveApplicationMode() == Normal);
    STEP_VALUE(GetActiveApplicationMode() == OSDEFAULTAPPMODE);
    STEP_STATE(NormalTask);
    STEP_STATE(ServiceTask);
    ShutdownOS(E_OK);
}

PLAIN_TASK(NormalTask)
