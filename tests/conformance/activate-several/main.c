/* SPDX-License-Identifier: Apache-2.0
 *
 * A basic task of class 2 may be activated up to its limit; each activation runs once; one more is
 * E_OS_LIMIT (4).
 *
 * Tests: OSEK 4.3, 3.2, 13.2.3.1; rules 3.5, 1.2, 3.26
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    GetResource(RES_SCHEDULER);
    STEP_STATUS(ActivateTask(First));
    STEP_STATUS(ActivateTask(First));
    STEP_STATUS(ActivateTask(First));
    STEP_STATE(First);
    ReleaseResource(RES_SCHEDULER);
    STEP_STATUS(Schedule());
    STEP_STATE(First);
    ShutdownOS(E_OK);
}

PLAIN_TASK(First)
