/* SPDX-License-Identifier: Apache-2.0
 *
 * What ERIKA's demo of 2014 did, with its configuration as it was: an event from Xen activates the
 * pin's task, an alarm another one. Nobody is at the other end here, so this program raises the event.
 */
#include "ee.h"

#include "drivers/console/console.h"
#include "drivers/xen/evtchn.h"
#include "xen/xen.h"

#define PERIODS 3

static volatile EE_UINT32 events;

ISR2(DomZero)
{
    events++;
    ActivateTask(PinTask);
}

TASK(PinTask)
{
    printk("event %u\n", events);
    TerminateTask();
}

TASK(PeriodicTask)
{
    static EE_UINT32 count;

    count++;
    printk("period %u\n", count);
    evtchn_raise(EVTCHN_DOMZERO);
    if (count == PERIODS)
        ActivateTask(BackgroundTask);
    TerminateTask();
}

TASK(BackgroundTask)
{
    if (events == PERIODS)
        ShutdownOS(E_OK);
    printk("background\n");
    TerminateTask();
}

void ErrorHook(StatusType Error)
{
    printk("ErrorHook: %u\n", Error);
}

int main(void)
{
    const int port = evtchn_alloc_unbound(DOMID_SELF);

    EE_mcu_init();
    printk("port %s\n",
           port > 0 && evtchn_bind(EVTCHN_DOMZERO, (uint32_t)port) == 0 ? "bound" : "none");
    StartOS(OSDEFAULTAPPMODE);
    return 0;
}
