/* SPDX-License-Identifier: Apache-2.0
 *
 * Does nothing, for as long as it may: a guest with nothing to do must take no interrupt at all.
 */
#include "drivers/console/console.h"
#include "kernel/os.h"

TASK(Main)
{
    printk("nothing left to do\n");
    TerminateTask();
}
