/* SPDX-License-Identifier: Apache-2.0
 *
 * Two domains with this image ring each other, 100 times there and back. The one whose command line is "first" begins;
 * the other may not have started then: its first event is an early one (fact E6).
 */
#include <stdbool.h>
#include <string.h>

#include <arch/machine.h>

#include "drivers/console/console.h"
#include "drivers/xen/evtchn.h"
#include "kernel/os.h"

#define RINGS 100

static bool first;

static void ring(void)
{
    const int error = evtchn_send(EVTCHN_BELL);

    if (error != 0) {
        printk("Test result: FAILURE: the bell does not ring (%d)\n", error);
        ShutdownOS(E_OS_ID);
    }
}

TASK(Ring)
{
    static unsigned int rung;

    rung++;
    if (rung < RINGS || !first) {
        ring();
    }
    if (rung == RINGS) {
        printk("rung %u times\n", rung);
        ShutdownOS(E_OK);
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
