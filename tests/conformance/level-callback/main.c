/* SPDX-License-Identifier: Apache-2.0
 *
 * An alarm callback may call SuspendAllInterrupts and ResumeAllInterrupts; every service is
 * E_OS_CALLEVEL (2), reported to ErrorHook, and does nothing.
 *
 * Tests: OSEK 12.3, 9.2; AUTOSAR 8.4; rules 2.9, 9.14, 5.7
 */
#include "tests/conformance/calls.h"

ALARMCALLBACK(Called)
{
    SuspendAllInterrupts();
    SuspendAllInterrupts();
    ResumeAllInterrupts();
    ResumeAllInterrupts();
    STEP("Called");
    call_workers_services();
    call_observers_services();
}

PLAIN_TASK(High)

TASK(Low)
{
    STEP_STATUS(SetRelAlarm(Calls, 1, 0));
    STEP_STATUS(IncrementCounter(Software));
    STEP_STATE(Middle);
    ShutdownOS(E_OK);
}
