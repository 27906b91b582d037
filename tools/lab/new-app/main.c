/* SPDX-License-Identifier: Apache-2.0
 *
 * @NAME@: a task that an alarm activates every 200 ms (app.oil).
 */
#include "drivers/console/console.h" /* printk() */
#include "kernel/os.h"               /* OSEK's services, and this application's names */

#define ROUNDS 5

/* Starts anew with each activation; what must survive is static. */
TASK(Periodic)
{
    static unsigned int round;

    round++;
    printk("@NAME@: round %u\n", round);
    if (round == ROUNDS) {
        ShutdownOS(E_OK); /* any other code tells Xen that the domain has crashed */
    }
    TerminateTask();
}

/* A service has failed: in extended status that is a mistake in the program. */
void ErrorHook(StatusType error)
{
    printk("@NAME@: service %u failed with status %u (kernel/os_error.h, os_types.h)\n",
           (unsigned int)OSErrorGetServiceId(), (unsigned int)error);
    ShutdownOS(error);
}
