/* SPDX-License-Identifier: Apache-2.0
 *
 * Says one line to whatever console the configuration has chosen, and ends.
 */
#include "drivers/console/console.h"
#include "kernel/os.h"

TASK(Main)
{
    printk("somebody reads this\n");
    ShutdownOS(E_OK);
}
