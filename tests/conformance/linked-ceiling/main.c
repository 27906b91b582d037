/* SPDX-License-Identifier: Apache-2.0
 *
 * The ceiling of a group of linked resources is that of all users of the group: High, which uses a
 * linked one only, waits for ResA.
 *
 * Tests: OSEK 8.8, 8.5; rules 4.3, 4.1
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(GetResource(ResA));
    STEP_STATUS(ActivateTask(High));
    STEP_STATUS(ActivateTask(Top));
    STEP_STATUS(ReleaseResource(ResA));
    STEP_STATUS(GetResource(ResB));
    STEP_STATUS(ActivateTask(High));
    STEP_STATUS(ReleaseResource(ResB));
    ShutdownOS(E_OK);
}

PLAIN_TASK(High)
PLAIN_TASK(Top)
