/* SPDX-License-Identifier: Apache-2.0
 *
 * An extended task that has ended after waiting starts again from its first statement with a stack
 * of its own.
 *
 * Tests: OSEK 4.2.1, 13.2.3.1; rules 3.19, 3.20
 */
#include "tests/conformance/step.h"

TASK(Low)
{
    unsigned int life;

    for (life = 1; life <= 2; life++) {
        STEP_STATUS(ActivateTask(Waiter));
        STEP_STATUS(ActivateTask(Upper));
        STEP_STATUS(SetEvent(Waiter, A));
        STEP_STATUS(SetEvent(Upper, A));
    }
    ShutdownOS(E_OK);
}

TASK(Waiter)
{
    unsigned char mine[128];
    unsigned int i;
    unsigned int sum = 0;

    for (i = 0; i != sizeof(mine); i++) {
        mine[i] = 1;
    }
    WaitEvent(A);
    for (i = 0; i != sizeof(mine); i++) {
        sum += mine[i];
    }
    STEP("Waiter has its %u bytes", sum);
    TerminateTask();
}

TASK(Upper)
{
    unsigned char mine[128];
    unsigned int i;
    unsigned int sum = 0;

    for (i = 0; i != sizeof(mine); i++) {
        mine[i] = 2;
    }
    WaitEvent(A);
    for (i = 0; i != sizeof(mine); i++) {
        sum += mine[i];
    }
    STEP("Upper has its %u bytes", sum / 2);
    TerminateTask();
}
