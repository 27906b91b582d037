/* SPDX-License-Identifier: Apache-2.0
 *
 * Counts its alarm's cycles aloud, so that dom0 can hold them against its own clock.
 */
#include "drivers/console/console.h"
#include "kernel/os.h"

TASK(Beat)
{
    static unsigned int beats;

    printk("beat %u, lost %u\n", ++beats, OSAlarmLostCount(Rhythm));
    TerminateTask();
}
