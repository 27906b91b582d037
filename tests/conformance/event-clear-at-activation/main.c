/* SPDX-License-Identifier: Apache-2.0
 *
 * The activation of an extended task clears its events: those of its last life are gone.
 *
 * Tests: OSEK 13.2.3.1; rules 3.20
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    GetResource(RES_SCHEDULER);
    ActivateTask(Waiter);
    STEP_STATUS(SetEvent(Waiter, A | B));
    STEP_EVENTS(Waiter);
    ReleaseResource(RES_SCHEDULER);
    GetResource(RES_SCHEDULER);
    STEP_STATUS(ActivateTask(Waiter));
    STEP_EVENTS(Waiter);
    ReleaseResource(RES_SCHEDULER);
    ShutdownOS(E_OK);
}

PLAIN_TASK(Waiter)
