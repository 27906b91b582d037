/* SPDX-License-Identifier: Apache-2.0
 *
 * An ISR2 that ends with a resource: extended status reports E_OS_RESOURCE (6) to ErrorHook,
 * service none, and releases it.
 *
 * Tests: OSEK 8.6, 11.2; rules 4.11
 */
#include "tests/conformance/step.h"

void ErrorHook(StatusType Error)
{
    STEP("ErrorHook(%u), service none: %u", Error, OSErrorGetServiceId() == OSServiceId_None);
}

ISR(IsrLow)
{
    STEP_STATUS(GetResource(ResMiddle));
}

TASK(Low)
{
    TRIGGER(IsrLow);
    STEP_STATUS(GetResource(ResMiddle));
    STEP_STATUS(ReleaseResource(ResMiddle));
    TRIGGER(IsrMiddle);
    ShutdownOS(E_OK);
}

ISR(IsrMiddle)
{
    STEP("IsrMiddle");
}
