/* SPDX-License-Identifier: Apache-2.0
 *
 * A task may set its own events and have them at once.
 *
 * Tests: OSEK 13.5.3.1; rules 6.1, 6.22
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    ChainTask(Upper);
}

TASK(Upper)
{
    STEP_STATUS(SetEvent(Upper, B));
    STEP_EVENTS(Upper);
    STEP_STATUS(WaitEvent(B));
    STEP_STATUS(ClearEvent(B));
    STEP_EVENTS(Upper);
    ShutdownOS(E_OK);
}
