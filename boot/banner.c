/* SPDX-License-Identifier: Apache-2.0
 *
 * The boot banner.
 */
#include "boot/banner.h"

#include <errno.h>

#include <arch/machine.h>
#include <arch/mem.h>

#include "config.h"
#include "drivers/console/console.h"
#include "drivers/uart/pl011.h"
#include "drivers/xen/evtchn.h"
#include "drivers/xen/gnttab.h"
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
    printk("  GIC       v%u at 0x%llx and 0x%llx, %u lines (device tree)\n", gic->version,
           gic->distributor, gic->per_cpu, gic->lines);
    printk("  timer     virtual, interrupt %d, %u Hz (/timer)\n", found->timer_line,
           arch_timer_hz());
}

static void print_grants(const struct found *found)
{
    unsigned int frames;
    unsigned int max_frames;

    if (found->gnttab_error != 0) {
        printk("  grants    none: error %d\n", found->gnttab_error);
    } else if (gnttab_frames(&frames, &max_frames) == 0) {
        printk("  grants    %u free, in %u of %u frames (GNTTABOP_query_size)\n",
               gnttab_free_count(), frames, max_frames);
    }
}

static void print_xenstore(const struct found *found)
{
    if (found->xenstore_error != 0) {
        printk("  xenstore  none: error %d (HVM parameters). No `xl shutdown`\n",
               found->xenstore_error);
    } else if (!xs_is_connected()) {
        printk("  xenstore  not yet: dom0 makes it by init-dom0less (HVM parameters)\n");
    } else {
        printk("  xenstore  a page and a port (HVM parameters)\n");
    }
}

static void print_xen(const struct found *found)
{
    const struct xen *xen = found->xen;

    if (found->xen_error != 0) {
        printk(
            "  Xen       none: no usable /hypervisor node (error %d). No events, grants, xenstore\n",
            found->xen_error);
        return;
    }
    printk("  Xen       %u.%u%s, runs %s, features 0x%x (xen_version)\n", xen->major, xen->minor,
           xen->extra, xen->capabilities, xen->features);
    printk("  events    interrupt %u (/hypervisor), ports 1 to %u\n", xen->event_line,
           CFG_EVTCHN_PORTS - 1);
    print_grants(found);
    print_xenstore(found);
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
    if (CFG_CONSOLE_PV && found->xen_error == 0) {
        printk("  console   PV%s (HVM parameters)\n", found->pvconsole_error == 0 ? "" : ": none");
    }
    for (unsigned int i = 0; CFG_CONSOLE_UART && pl011_port(i) != NULL; i++) {
        print_uart(pl011_port(i));
    }
    if (CFG_CONSOLE_UART && found->uart_error != 0) {
        printk("  console   UART: none%s (device tree)\n",
               found->uart_error == -EINVAL ? " that is whole" : "");
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
