/* SPDX-License-Identifier: Apache-2.0
 *
 * ShutdownOS in an ISR2 calls ShutdownHook; the interrupted task does not go on.
 *
 * Tests: OSEK 13.7.2.3; rules 7.12, 7.11, 7.13
 */
#include "tests/conformance/step.h"

void ShutdownHook(StatusType Error)
{
    STEP("ShutdownHook(%u)", Error);
}

ISR(IsrLow)
{
    ShutdownOS(2);
}

TASK(High)
{
    TRIGGER(IsrLow);
    STEP("must not come here");
    ShutdownOS(E_OK);
}
