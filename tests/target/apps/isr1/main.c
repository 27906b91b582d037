/* SPDX-License-Identifier: Apache-2.0
 *
 * A category 1 interrupt comes, leaves its mark and changes nothing else; while all interrupts are suspended it waits.
 */
#include "drivers/console/console.h"
#include "kernel/os.h"
#include "tests/target/devices/phystimer.h"

#define PATIENCE 100000000u /* turns of a loop: seconds */

static volatile unsigned int runs;

ISR(First)
{
    phystimer_quiet();
    runs++;
}

/* Xen makes the interrupt, which takes a while on a busy machine. */
static void wait_for(unsigned int wanted)
{
    for (unsigned int turn = 0; turn < PATIENCE && runs != wanted; turn++) {
    }
}

TASK(Main)
{
    unsigned int suspended;

    phystimer_fire();
    wait_for(1);
    printk("runs %u\n", runs);
    SuspendAllInterrupts();
    phystimer_fire();
    suspended = runs;
    ResumeAllInterrupts();
    wait_for(2);
    printk("while suspended %u, then %u\n", suspended, runs);
    ShutdownOS(E_OK);
}
