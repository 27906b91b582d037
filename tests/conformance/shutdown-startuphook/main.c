/* SPDX-License-Identifier: Apache-2.0
 *
 * ShutdownOS in StartupHook: no task starts.
 *
 * Tests: OSEK 13.7.2.3, 11.3; rules 7.12, 2.7, 7.13
 */
#include "tests/conformance/step.h"

void StartupHook(void)
{
    STEP("StartupHook");
    ShutdownOS(9);
    STEP("must not come here");
}

void ShutdownHook(StatusType Error)
{
    STEP("ShutdownHook(%u)", Error);
}
