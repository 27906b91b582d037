/* SPDX-License-Identifier: Apache-2.0
 *
 * The start of the system, in the order in which things become possible. The only room that knows everyone.
 */
#include <errno.h>
#include <stddef.h>

#include <arch/irq.h>
#include <arch/machine.h>

#include "boot/banner.h"
#include "boot/end.h"
#include "config.h"
#include "drivers/console/console.h"
#include "drivers/uart/pl011.h"
#include "drivers/xen/config.h"
#include "drivers/xen/evtchn.h"
#include "drivers/xen/gntmap.h"
#include "drivers/xen/gnttab.h"
#include "drivers/xen/pvconsole.h"
#include "drivers/xen/report.h"
#include "drivers/xen/shutdown.h"
#include "drivers/xen/watchdog.h"
#include "drivers/xen/xen.h"
#include "drivers/xen/xenstore.h"
#include "fpu_unit.h"
#include "gic.h"
#include "kernel/cfg.h"
#include "layout.h"
#include "psci.h"
#include "start.h"
#include "timer.h"

/* An application may have a main() of its own, which prepares its devices and ends with StartOS(). */
__attribute__((weak)) int main(void);
int main(void)
{
    StartOS(OSDEFAULTAPPMODE);
}

/* Without these there is no system. */
static void require(int error, const char *what)
{
    if (error < 0) {
        printk("boot: %s: error %d\n", what, error);
        system_leave(XEN_END_CRASH);
    }
}

static const struct os_isr os_isr_events = {
    .handler = evtchn_upcall, .fpu = CFG_EVENT_FPU ? &fpu_event : NULL, .level = CFG_EVENT_LEVEL};

/* Of the event channels' level: no console's interrupt interrupts another's. */
static const struct os_isr os_isr_uarts = {
    .handler = pl011_isr, .fpu = CFG_EVENT_FPU ? &fpu_event : NULL, .level = CFG_EVENT_LEVEL};

/* One without an interrupt that we understand shows text, and nothing can be typed there. */
static void bind_uarts(void)
{
    for (unsigned int i = 0; pl011_port(i) != NULL; i++) {
        const int line = gic_dt_line(machine_dt(), pl011_port(i)->node, 0);

        if (line > 0 && irq_bind((unsigned int)line, &os_isr_uarts, IRQ_ISR2) == 0) {
            pl011_listen(i, (unsigned int)line);
        }
    }
}

/* All of this may be missing: the system then runs without, and the banner says so. */
static void start_xen(struct found *found)
{
    static struct xen xen;

    found->xen = &xen;
    found->xen_error = xen_init(machine_dt(), &xen);
    if (found->xen_error != 0) {
        return;
    }
    if (CFG_WATCHDOG_S > 0) {
        require(watchdog_start(), "the domain's watchdog");
    }
    evtchn_init(&xen);
    require(irq_bind(xen.event_line, &os_isr_events, IRQ_ISR2), "event channel interrupt");
    found->gnttab_error = gnttab_init(&xen);
    require(gntmap_init(&xen), "room for the pages of other domains");
    found->pvconsole_error = CFG_CONSOLE_PV ? pvconsole_init() : -ENODEV;
    found->xenstore_error = xs_init();
    if (found->xenstore_error == 0) {
        found->xenstore_error = shutdown_init();
    }
    if (CFG_REPORT && found->xenstore_error == 0) {
        found->xenstore_error = report_init();
    }
}

/* OIL may name any line; a domain has as many as xl passes to it. */
static void bind_isr(const struct isr_cfg *cfg, unsigned int line)
{
    const int error = irq_bind(line, &cfg->isr, cfg->category);

    if (error == -EINVAL) {
        printk("boot: no GIC line %u here, only 16 to %u; pass it to the domain: irqs = [%u]\n",
               line, gic_info()->lines - 1, line);
    }
    if (error == -EBUSY) {
        printk("boot: GIC line %u is the system's: is it the UART's? Then say CONSOLE = PV\n",
               line);
    }
    require(error, "an ISR of the application");
}

/* The application's own interrupts, by GIC line; 0 is the timer's, wherever that is. */
static void bind_isrs(unsigned int timer_line)
{
    for (unsigned int i = 0; i != CFG_ISR_COUNT; i++) {
        const struct isr_cfg *const cfg = &cfg_isrs[i];

        bind_isr(cfg, cfg->source != 0 ? cfg->source : timer_line);
    }
}

_Noreturn void boot_main(uint32_t dtb)
{
    static struct found found;

    if (machine_init(dtb) != 0) {
        arch_halt(HALT_DEVICE_TREE_BAD); /* neither a console nor the way to power off is known */
    }
    found.uart_error = CFG_CONSOLE_UART ? pl011_init(machine_dt()) : -ENODEV;
    found.psci_error = psci_init(machine_dt());
    require(gic_init(machine_dt()),
            "the device tree's interrupt controller, which must be a GICv2 or a GICv3");
    found.timer_line = timer_init(machine_dt());
    require(found.timer_line, "the device tree's virtual timer");
    if (CFG_FPU) {
        require(fpu_unit_init(),
                "the CPU's floating point with 32 registers, which USEFPU = TRUE needs");
    }
    if (CFG_CONSOLE_UART) {
        bind_uarts();
    }
    start_xen(&found);
    banner(&found);
    bind_isrs((unsigned int)found.timer_line); /* with a console for what they miss */
    main();
    system_leave(XEN_END_POWEROFF);
}
