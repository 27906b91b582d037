/* SPDX-License-Identifier: Apache-2.0
 *
 * A category 1 interrupt comes, leaves its mark and changes nothing else; while all interrupts are suspended it waits.
 */
#include "drivers/console/console.h"
#include "kernel/os.h"
#include "tests/target/devices/phystimer.h"

static volatile unsigned int runs;

ISR(First)
{
    phystimer_quiet();
    runs++;
}

TASK(Main)
{
    unsigned int suspended;

    phystimer_fire();
    printk("runs %u\n", runs);
    SuspendAllInterrupts();
    phystimer_fire();
    suspended = runs;
    ResumeAllInterrupts();
    printk("while suspended %u, then %u\n", suspended, runs);
    ShutdownOS(E_OK);
}
