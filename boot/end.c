/* SPDX-License-Identifier: Apache-2.0
 *
 * How the system ends: by ShutdownOS (kernel/arch.h: system_end) or as a crash (boot/crash.c).
 */
#include "boot/end.h"

#include "drivers/console/console.h"
#include "drivers/xen/config.h"
#include "drivers/xen/shutdown.h"
#include "drivers/xen/watchdog.h"
#include "drivers/xen/xen.h"
#include "kernel/arch.h"
#include "kernel/os.h"
#include "psci.h"

#define DRAIN_MS 1000 /* a reader who takes longer is not there (fact X6) */

_Noreturn void system_end(StatusType code)
{
    console_begin_line();
    printk("ShutdownOS: code %u\n", (unsigned int)code);
    if (code != E_OK) {
        system_leave(XEN_END_CRASH);
    }
    system_leave(shutdown_reason());
}

_Noreturn void system_off(enum xen_end how)
{
    if (xen_is_present()) {
        xen_end(how);
    }
    if (how == XEN_END_REBOOT) {
        psci_system_reset();
    }
    psci_system_off();
    for (;;) {
        arch_idle();
    }
}

_Noreturn void system_leave(enum xen_end how)
{
    arch_irq_disable();
    arch_timer_stop();
    if (CFG_WATCHDOG_S > 0) {
        watchdog_stop(); /* else its reason could come before the true one */
    }
    console_drain(DRAIN_MS);
    system_off(how);
}
