/* SPDX-License-Identifier: Apache-2.0
 *
 * ShutdownHook may call GetActiveApplicationMode; every other service is E_OS_CALLEVEL (2),
 * reported to ErrorHook.
 *
 * Tests: OSEK 12.3, 13.7.2.3; AUTOSAR 8.4; rules 2.8, 9.14, 7.11
 */
#include "tests/conformance/calls.h"

void ShutdownHook(StatusType Error)
{
    STEP("ShutdownHook(%u), mode %u", Error, GetActiveApplicationMode());
    call_workers_services();
    call_observers_services();
}

TASK(High)
{
    ShutdownOS(3);
}
