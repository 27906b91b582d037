/* SPDX-License-Identifier: Apache-2.0
 *
 * A task function that returns after it has waited is E_OS_MISSINGEND (18) to ErrorHook and ends;
 * the system goes on.
 *
 * Tests: AUTOSAR 7.1; rules 8.10
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    STEP_STATUS(ActivateTask(Waiter));
    STEP_STATUS(SetEvent(Waiter, A));
    STEP_STATE(Waiter);
    STEP_STATUS(ActivateTask(Waiter));
    STEP_STATE(Waiter);
    ShutdownOS(E_OK);
}

TASK(Waiter)
{
    WaitEvent(A);
    STEP("Waiter returns");
}
