/* SPDX-License-Identifier: Apache-2.0
 *
 * What an ISR2 may not call returns E_OS_CALLEVEL (2) in extended status and does nothing.
 *
 * Tests: OSEK 12.3, 13.2.3.2, 13.2.3.3, 13.2.3.4, 13.5.3.2, 13.5.3.4; rules 2.3, 1.6, 1.11, 1.12,
 * 1.27, 1.33, 7.6
 */
#include "tests/conformance/step.h"

ISR(IsrLow)
{
    STEP_STATUS(TerminateTask());
    STEP_STATUS(ChainTask(High));
    STEP_STATUS(Schedule());
    STEP_STATUS(ClearEvent(A));
    STEP_STATUS(WaitEvent(A));
    STEP("IsrLow ends");
}

TASK(Low)
{
    TRIGGER(IsrLow);
    STEP_STATE(Low);
    STEP_STATE(High);
    ShutdownOS(E_OK);
}
