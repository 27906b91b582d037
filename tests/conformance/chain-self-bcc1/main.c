/* SPDX-License-Identifier: Apache-2.0
 *
 * ChainTask to oneself works with a limit of one activation: it is no further activation.
 *
 * Tests: OSEK 4.7, 13.2.3.3; rules 3.22, 1.7
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    static unsigned int runs;

    runs++;
    STEP("Low, run %u", runs);
    if (runs == 3) {
        ShutdownOS(E_OK);
    }
    ChainTask(Low);
    STEP("ChainTask returned");
}
