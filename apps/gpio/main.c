/* SPDX-License-Identifier: Apache-2.0
 *
 * The main demo: dom0 drives a pin of the passed-through port controller by /proc/sys/erika-xen/pin_state.
 */
#include "drivers/gpio/gpio.h"
#include "drivers/pins/pins.h"
#include "drivers/xen/evtchn.h"
#include "kernel/os.h"

/* Activated by dom0's event. */
TASK(PinTask)
{
    pins_serve();
    TerminateTask();
}

/* Activated when dom0 sends more events than are served (evtchn.h). */
TASK(StormTask)
{
    evtchn_pass();
    TerminateTask();
}

int main(void)
{
    gpio_init(); /* each says on the console what it misses; the other goes on without */
    pins_init();
    StartOS(OSDEFAULTAPPMODE);
}
