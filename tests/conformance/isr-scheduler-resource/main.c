/* SPDX-License-Identifier: Apache-2.0
 *
 * RES_SCHEDULER leaves interrupts enabled: the ISR2 runs at once, the task that it activates at
 * the release.
 *
 * Tests: OSEK 8.3; rules 4.5, 4.4, 3.13
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(GetResource(RES_SCHEDULER));
    TRIGGER(IsrLow);
    STEP("Low goes on");
    STEP_STATUS(ReleaseResource(RES_SCHEDULER));
    ShutdownOS(E_OK);
}

ISR(IsrLow)
{
    STEP_STATUS(ActivateTask(High));
}

PLAIN_TASK(High)
