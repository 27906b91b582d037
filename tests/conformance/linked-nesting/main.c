/* SPDX-License-Identifier: Apache-2.0
 *
 * Linked resources are resources of their own that protect the same thing: they may be taken one
 * inside the other.
 *
 * Tests: OSEK 8.8, 8.2; rules 4.8, 4.7
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(GetResource(ResA));
    STEP_STATUS(GetResource(LinkA));
    STEP_STATUS(GetResource(LinkLinkA));
    STEP_STATUS(ReleaseResource(LinkLinkA));
    STEP_STATUS(ReleaseResource(LinkA));
    STEP_STATUS(ReleaseResource(ResA));
    STEP_STATUS(GetResource(LinkA));
    STEP_STATUS(GetResource(ResA));
    STEP_STATUS(ReleaseResource(ResA));
    STEP_STATUS(ReleaseResource(LinkA));
    ShutdownOS(E_OK);
}
