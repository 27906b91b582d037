/* SPDX-License-Identifier: Apache-2.0
 *
 * The start of the system, in the order in which things become possible. The only file that knows everyone.
 */
#include <stddef.h>

#include <arch/irq.h>
#include <arch/mem.h>

#include "boot/end.h"
#include "drivers/console/console.h"
#include "drivers/uart/pl011.h"
#include "dt.h"
#include "gic.h"
#include "kernel/arch.h"
#include "kernel/os.h"
#include "psci.h"
#include "start.h"
#include "timer.h"

static struct dt dt;

/* The tree stays where the loader put it, read-only, for ever. */
static int open_device_tree(uint32_t dtb)
{
    const void *header = mem_map(dtb, 8, MEM_READONLY);
    const uint32_t bytes = dt_size(header);
    const void *blob = mem_map(dtb, bytes, MEM_READONLY);

    return blob == NULL ? -1 : dt_open(&dt, blob, bytes);
}

/* An application may have a main() of its own, which ends with StartOS(). */
__attribute__((weak)) int main(void);
int main(void)
{
    StartOS(OSDEFAULTAPPMODE);
}

_Noreturn void boot_main(uint32_t dtb)
{
    open_device_tree(dtb);
    psci_init(&dt);
    pl011_init(&dt);
    printk("erika-xen\n");
    printk("gic %d\n", gic_init(&dt));
    printk("timer %d %u\n", timer_init(&dt, CFG_TIMER_LEVEL), arch_timer_hz());
    main();
    system_leave(END_POWEROFF);
}

_Noreturn void system_end(StatusType code)
{
    printk("ShutdownOS: code %u\n", (unsigned int)code);
    system_leave(code == E_OK ? END_POWEROFF : END_CRASH);
}

_Noreturn void system_leave(enum end how)
{
    arch_irq_disable();
    console_drain(1000);
    if (how == END_REBOOT) {
        psci_system_reset();
    }
    psci_system_off();
    for (;;) {
        arch_idle();
    }
}
