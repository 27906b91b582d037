/* SPDX-License-Identifier: Apache-2.0
 *
 * GetResource of an occupied resource, extended status: E_OS_ACCESS (1), by its holder and by
 * another task alike.
 *
 * Tests: OSEK 13.4.3.1, 8.2; rules 1.17, 1.50
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(GetResource(RES_SCHEDULER));
    STEP_STATUS(GetResource(RES_SCHEDULER));
    STEP_STATUS(GetResource(ResMiddle));
    STEP_STATUS(GetResource(ResMiddle));
    STEP_STATUS(GetResource(RES_SCHEDULER));
    STEP_STATUS(ReleaseResource(ResMiddle));
    STEP_STATUS(ReleaseResource(RES_SCHEDULER));
    STEP_STATUS(GetResource(ResMiddle));
    STEP_STATUS(ReleaseResource(ResMiddle));
    ShutdownOS(E_OK);
}
