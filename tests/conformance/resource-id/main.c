/* SPDX-License-Identifier: Apache-2.0
 *
 * GetResource and ReleaseResource of no resource, extended status: E_OS_ID (3); ErrorHook is told
 * which.
 *
 * Tests: OSEK 13.4.3.1, 13.4.3.2, 11.2; rules 1.16, 1.19, 7.8, 7.9
 */
#include "tests/conformance/step.h"

void ErrorHook(StatusType Error)
{
    STEP("ErrorHook(%u)", Error);
    if (OSErrorGetServiceId() == OSServiceId_GetResource) {
        STEP_VALUE(OSError_GetResource_ResID() - CFG_RESOURCE_COUNT);
    }
    if (OSErrorGetServiceId() == OSServiceId_ReleaseResource) {
        STEP_VALUE(OSError_ReleaseResource_ResID() - CFG_RESOURCE_COUNT);
    }
}

TASK(Low)
{
    STEP_STATUS(GetResource(CFG_RESOURCE_COUNT));
    STEP_STATUS(ReleaseResource(CFG_RESOURCE_COUNT + 1u));
    STEP_STATUS(GetResource(CFG_RESOURCE_COUNT + 253u));
    ShutdownOS(E_OK);
}
