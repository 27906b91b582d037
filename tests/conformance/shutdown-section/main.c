/* SPDX-License-Identifier: Apache-2.0
 *
 * ShutdownOS works with a resource taken and in an interrupt section.
 *
 * Tests: OSEK 13.7.2.3; rules 7.12, 7.11
 */
#include "tests/conformance/step.h"

void ShutdownHook(StatusType Error)
{
    STEP("ShutdownHook(%u)", Error);
}

TASK(High)
{
    GetResource(RES_SCHEDULER);
    SuspendAllInterrupts();
    ShutdownOS(E_OK);
}
