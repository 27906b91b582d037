/* SPDX-License-Identifier: Apache-2.0
 *
 * Schedule() with nothing ready above the caller only returns.
 *
 * Tests: OSEK 13.2.3.4; rules 3.28
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(Schedule());
    STEP_STATE(Low);
    ChainTask(High);
}

TASK(High)
{
    STEP_STATUS(ActivateTask(Middle));
    STEP_STATUS(Schedule());
    STEP_STATE(Middle);
    ShutdownOS(E_OK);
}
