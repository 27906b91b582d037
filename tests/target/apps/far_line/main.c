/* SPDX-License-Identifier: Apache-2.0
 *
 * Never comes as far as its task.
 */
#include "drivers/console/console.h"
#include "kernel/os.h"

ISR(Far)
{
}

TASK(Main)
{
    printk("Main runs\n");
    ShutdownOS(E_OK);
}
