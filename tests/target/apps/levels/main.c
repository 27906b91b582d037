/* SPDX-License-Identifier: Apache-2.0
 *
 * A resource that an interrupt handler uses keeps away the interrupts up to the highest level of its users, and no
 * other (OSEK 8.6). Three sources fire at once while a resource is held; which handlers run before its release, and
 * which after it, is printed as their levels.
 */
#include <arch/irq.h>

#include "drivers/console/console.h"
#include "drivers/xen/evtchn.h"
#include "drivers/xen/xen.h"
#include "kernel/arch.h"
#include "kernel/os.h"
#include "tests/target/devices/phystimer.h"

#define DOMID_OURSELVES 0x7ff0u /* xen/xen.h: DOMID_SELF */

static char ran[16];
static volatile unsigned int runs;
static bool nests; /* the handler of level 1 takes a resource of its own */

static void note(char what)
{
    ran[runs++] = what;
}

static void fire_all(void)
{
    phystimer_fire();
    arch_timer_arm(0);
    evtchn_raise(EVTCHN_LEVELS);
}

/* All that should come has come: the virtual GIC takes its time. */
static void pause(void)
{
    const uint64_t end = arch_timer_count() + arch_timer_hz() / 1000;

    while (arch_timer_count() < end) {
    }
}

ISR(Level1)
{
    phystimer_quiet();
    note('1');
    if (!nests) {
        return;
    }
    nests = false;
    GetResource(UpTo2);
    fire_all();
    pause();
    note('r');
    ReleaseResource(UpTo2);
    note('e');
}

ISR(Level2)
{
    arch_timer_stop();
    note('2');
}

ISR(Level3)
{
    note('3');
}

static void print(const char *what)
{
    pause();
    note('\0');
    printk("%s: %s\n", what, ran);
    runs = 0;
}

static void try(const char *what, ResourceType resource)
{
    GetResource(resource);
    fire_all();
    pause();
    note('r');
    ReleaseResource(resource);
    print(what);
}

TASK(Main)
{
    SuspendAllInterrupts();
    fire_all();
    pause();
    note('r');
    ResumeAllInterrupts();
    print("all suspended");
    try("up to 1", UpTo1);
    try("up to 2", UpTo2);
    try("up to 3", UpTo3);
    nests = true;
    phystimer_fire();
    print("in the handler of level 1");
    GetResource(UpTo1);
    GetResource(UpTo3);
    ReleaseResource(UpTo3);
    fire_all();
    pause();
    note('r');
    ReleaseResource(UpTo1);
    print("back at 1");
    printk("spurious %u\n", irq_spurious_count());
    ShutdownOS(E_OK);
}

int main(void);
int main(void)
{
    if (xen_is_present()) {
        const int port = evtchn_alloc_unbound(DOMID_OURSELVES);

        printk("port %s\n",
               port > 0 && evtchn_bind(EVTCHN_LEVELS, (uint32_t)port) == 0 ? "bound" : "none");
    }
    StartOS(OSDEFAULTAPPMODE);
}
