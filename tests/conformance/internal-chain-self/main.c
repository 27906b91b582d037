/* SPDX-License-Identifier: Apache-2.0
 *
 * ChainTask to oneself releases the internal resource too: a ready task between the own priority
 * and the ceiling runs first.
 *
 * Tests: OSEK 13.2.3.3, 8.7; rules 3.24, 3.23
 */
#include "tests/conformance/step.h"

TASK(Starter)
{
    STEP_STATUS(ActivateTask(Grouped));
    ShutdownOS(E_OK);
}

TASK(Grouped)
{
    static unsigned int runs;

    runs++;
    STEP("Grouped, run %u", runs);
    if (runs == 2) {
        TerminateTask();
    }
    ActivateTask(Peer);
    ActivateTask(Middle);
    ChainTask(Grouped);
}

PLAIN_TASK(Peer)
PLAIN_TASK(Middle)
