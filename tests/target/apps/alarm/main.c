/* SPDX-License-Identifier: Apache-2.0
 *
 * A cyclic alarm of 1 ms counts; the first and the 60,000th expiry are printed, for an outside clock to judge.
 */
#include "drivers/console/console.h"
#include "kernel/os.h"

#define LAST 60000u

static uint32_t count;

ALARMCALLBACK(Count)
{
    if (count == 0 || count == LAST) {
        ActivateTask(Report);
    }
    count++;
}

TASK(Report)
{
    printk("expiry %u\n", count - 1);
    if (count > LAST) {
        ShutdownOS(E_OK);
    }
    TerminateTask();
}
