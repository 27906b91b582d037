/* SPDX-License-Identifier: Apache-2.0
 *
 * After the release of the inner linked resource the outer one still protects.
 *
 * Tests: OSEK 8.8, 8.5; rules 4.2, 4.8
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    GetResource(ResA);
    GetResource(LinkA);
    STEP_STATUS(ActivateTask(Middle));
    STEP_STATUS(ReleaseResource(LinkA));
    STEP_STATE(Middle);
    STEP_STATUS(ReleaseResource(ResA));
    STEP_STATE(Middle);
    ShutdownOS(E_OK);
}

PLAIN_TASK(Middle)
