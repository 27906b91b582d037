/* SPDX-License-Identifier: Apache-2.0
 *
 * Two domains with this image ring each other, there and back. The one whose command line is "first" begins; the other
 * may not have started then: its first event is an early one (fact E6).
 *
 * An event is a hint, not a message: Xen makes one itself when it connects the ports, so there may be two under way.
 */
#include <stdbool.h>
#include <string.h>

#include <arch/machine.h>

#include "drivers/console/console.h"
#include "drivers/xen/evtchn.h"
#include "kernel/os.h"

#define ENOUGH 100
#define LAST                                                                                       \
    (ENOUGH + 10) /* whoever has enough still answers, so that the other one gets as many */

static bool first;

static void ring(void)
{
    const int error = evtchn_send(EVTCHN_BELL);

    if (error != 0) {
        printk("the bell does not ring (%d)\n", error);
        ShutdownOS(E_OS_ID);
    }
}

TASK(Ring)
{
    static unsigned int rung;

    rung++;
    if (rung == ENOUGH) {
        printk("rung %u times\n", rung);
    }
    if (rung <= LAST) {
        ring();
    }
    TerminateTask();
}

void StartupHook(void)
{
    if (first) {
        ring();
    }
}

int main(void)
{
    first = strcmp(machine_args(), "first") == 0;
    StartOS(OSDEFAULTAPPMODE);
}
