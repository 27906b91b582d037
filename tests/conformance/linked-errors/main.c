/* SPDX-License-Identifier: Apache-2.0
 *
 * Linked resources, extended status: the same one twice is E_OS_ACCESS (1); out of order is
 * E_OS_NOFUNC (5); they count as resources (E_OS_RESOURCE, 6).
 *
 * Tests: OSEK 8.8, 13.4.3; rules 1.17, 1.21, 1.5, 1.13
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    GetResource(ResA);
    GetResource(LinkA);
    STEP_STATUS(GetResource(LinkA));
    STEP_STATUS(GetResource(ResA));
    STEP_STATUS(ReleaseResource(ResA));
    STEP_STATUS(ReleaseResource(LinkLinkA));
    STEP_STATUS(ReleaseResource(LinkA));
    STEP_STATUS(TerminateTask());
    STEP_STATUS(Schedule());
    STEP_STATUS(ReleaseResource(ResA));
    ShutdownOS(E_OK);
}
