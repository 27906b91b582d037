/* SPDX-License-Identifier: Apache-2.0
 *
 * StartupHook may call GetActiveApplicationMode; every other service is E_OS_CALLEVEL (2),
 * reported to ErrorHook, and does nothing.
 *
 * Tests: OSEK 12.3, 11.3; AUTOSAR 8.4; rules 2.7, 9.14
 */
#include "tests/conformance/calls.h"

void StartupHook(void)
{
    STEP("StartupHook, mode %u", GetActiveApplicationMode());
    call_workers_services();
    call_observers_services();
}

TASK(High)
{
    STEP("High runs");
    ShutdownOS(E_OK);
}
