/* SPDX-License-Identifier: Apache-2.0
 *
 * Activation by ChainTask clears the events of an extended task, its own as well when it chains
 * itself.
 *
 * Tests: OSEK 13.2.3.3; rules 3.21, 3.22
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    static unsigned int runs;

    runs++;
    if (runs == 2) {
        ShutdownOS(E_OK);
    }
    ChainTask(Waiter);
}

TASK(Waiter)
{
    static unsigned int runs;

    runs++;
    STEP("Waiter, run %u", runs);
    STEP_EVENTS(Waiter);
    STEP_STATUS(SetEvent(Waiter, A | C));
    if (runs == 1) {
        ChainTask(Waiter);
    }
    ActivateTask(Low);
    TerminateTask();
}
