/* SPDX-License-Identifier: Apache-2.0
 *
 * ChainTask ends the caller and starts the other task; it does not return. It reschedules whatever
 * the policy.
 *
 * Tests: OSEK 13.2.3.3, 4.6.1, 4.6.2; rules 1.7, 3.8, 3.15
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP("Low chains");
    ChainTask(Middle);
    STEP("ChainTask returned");
}

TASK(Middle)
{
    STEP_STATE(Low);
    ChainTask(High);
    STEP("ChainTask returned");
}

TASK(High)
{
    STEP_STATE(Middle);
    ShutdownOS(E_OK);
}
