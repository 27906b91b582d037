/* SPDX-License-Identifier: Apache-2.0
 *
 * The smallest application that does something: an alarm activates a task every 100 ms; it says hello and goes.
 */
#include "drivers/console/console.h"
#include "kernel/os.h"

#define HELLOS 10

TASK(Hello)
{
    static unsigned int count;

    count++;
    printk("Hello from domU, number %u\n", count);
    if (count == HELLOS) {
        ActivateTask(Goodbye);
    }
    TerminateTask();
}

TASK(Goodbye)
{
    printk("Goodbye.\n");
    ShutdownOS(E_OK);
}
