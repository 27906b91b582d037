/* SPDX-License-Identifier: Apache-2.0
 *
 * In the way of the commercial systems: two application modes, linked and internal resources, and a
 * counter of another thing than time. The wheel's interrupt never comes, so a task turns it.
 */
#include "os.h"

#include "drivers/console/console.h"

static unsigned int milestones;

void StartupHook(void)
{
    printk("mode %s\n", GetActiveApplicationMode() == Service ? "Service" : "Normal");
}

ALARMCALLBACK(milestone)
{
    milestones++;
}

/* The vendor's section says ACTIVATION = 2 where the standard has 1. */
TASK(Sensor)
{
    static unsigned int runs;

    GetResource(Bus);
    for (unsigned int tick = 0; tick < 1100; tick++)
        IncrementCounter(Distance);
    ReleaseResource(Bus);
    runs++;
    printk("run %u, milestones %u\n", runs, milestones);
    ActivateTask(Report);
    if (runs == 1)
        printk("second activation: %u\n", ActivateTask(Sensor));
    TerminateTask();
}

TASK(Report)
{
    GetResource(BusAgain);
    printk("report\n");
    ReleaseResource(BusAgain);
    ShutdownOS(E_OK);
}

int main(void)
{
    StartOS(Normal);
    return 0;
}
