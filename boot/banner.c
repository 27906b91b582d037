/* SPDX-License-Identifier: Apache-2.0
 *
 * The boot banner.
 */
#include "boot/banner.h"

#include <arch/machine.h>
#include <arch/mem.h>

#include "config.h"
#include "drivers/console/console.h"
#include "drivers/uart/pl011.h"
#include "drivers/xen/xenstore.h"
#include "gic.h"
#include "kernel/arch.h"

static void print_memory(void)
{
    extern const char image_start[], image_limit[]; /* linker/image.lds */
    uint64_t base;
    uint64_t bytes;

    for (unsigned int bank = 0; machine_ram(bank, &base, &bytes) == 0; bank++) {
        printk("  RAM       %llu KiB at 0x%llx (/memory)\n", bytes >> 10, base);
    }
    bytes = (uintptr_t)image_limit - (uintptr_t)image_start;
    printk("  image     %llu KiB at 0x%llx, linked at %p\n", bytes >> 10, mem_ipa(image_start),
           (const void *)image_start);
}

static void print_cpu(const struct found *found)
{
    const struct gic_info *gic = gic_info();

    if (machine_cpus() > 1) {
        printk("  CPUs      %u (/cpus): only the first is used\n", machine_cpus());
    }
    printk("  GIC       v2 at 0x%llx and 0x%llx, %u lines (device tree)\n", gic->distributor,
           gic->cpu_interface, gic->lines);
    printk("  timer     virtual, interrupt %d, %u Hz (/timer)\n", found->timer_line,
           arch_timer_hz());
}

static void print_xen(const struct found *found)
{
    if (found->xen_error != 0) {
        printk(
            "  Xen       none: no usable /hypervisor node (error %d). No events, grants, xenstore\n",
            found->xen_error);
        return;
    }
    printk("  Xen       %u.%u%s (xen_version), events by interrupt %u (/hypervisor)\n",
           found->xen->major, found->xen->minor, found->xen->extra, found->xen->event_line);
    if (found->gnttab_error != 0) {
        printk("  grants    none: error %d\n", found->gnttab_error);
    }
    if (found->xenstore_error != 0) {
        printk("  xenstore  none: error %d. No `xl shutdown`\n", found->xenstore_error);
    } else if (!xs_is_connected()) {
        printk("  xenstore  not yet: dom0 makes it by init-dom0less (HVM parameters)\n");
    }
}

static void print_uart(const struct pl011_port *port)
{
    printk("  console   %s at 0x%llx, ", port->name, port->address);
    if (port->line != 0) {
        printk("interrupt %u (device tree)\n", port->line);
    } else {
        printk("no interrupt: shows text, takes none (device tree)\n");
    }
}

static void print_consoles(const struct found *found)
{
    const bool pv = found->xen_error == 0 && found->pvconsole_error == 0;

    if (pv) {
        printk("  console   PV (HVM parameters)\n");
    }
    for (unsigned int i = 0; CFG_CONSOLE_UART && pl011_port(i) != NULL; i++) {
        print_uart(pl011_port(i));
    }
}

void banner(const struct found *found)
{
    printk("\nerika-xen: OSEK/VDX OS on one Xen vCPU\n");
    print_memory();
    print_cpu(found);
    print_xen(found);
    print_consoles(found);
    if (found->psci_error != 0 && found->xen_error != 0) {
        printk("  power     no PSCI: the system cannot switch itself off\n");
    }
}
