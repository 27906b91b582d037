/* SPDX-License-Identifier: Apache-2.0
 *
 * Finding Xen. A guest learns from its device tree that it is one: Xen puts a node /hypervisor into
 * it, compatible with "xen,xen", whose `reg` is a window of addresses for the guest's own use
 * (grant table) and whose `interrupts` is the one interrupt through which all events come (Linux:
 * Documentation/devicetree/bindings/arm/xen.txt). Without the node no hypercall is ever made: the
 * same image also runs on a bare machine.
 */
#ifndef XEN_XEN_H
#define XEN_XEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dt.h"

/** What was found. Filled by xen_init(), then read-only; the boot banner prints it. */
struct xen {
    /* Xen's version, 4 and 17, and what its makers put behind it, ".5-pre"; may be empty. */
    unsigned int major, minor;
    char extra[16];
    /* The kinds of guest that it runs, "xen-3.0-armv7l"; a longer list is cut. Empty: not told. */
    char capabilities[48];
    uint32_t features; /* bits XENFEAT_..., xen/features.h */
    /* INTID of the event interrupt: level-triggered (fact E5). */
    unsigned int event_line;
    /* Addresses with no RAM behind them, set aside for the guest by Xen. The first
     * CFG_GNTTAB_FRAMES pages are the grant table's, the next is shared_info's, and then come the
     * CFG_GNTMAP_SLOTS pages where other domains' pages appear. */
    uint64_t window_ipa;
    uint64_t window_bytes;
    /* Mapped; the event channels' bits live there. */
    struct shared_info *shared;
};

/**
 * Find the node, ask Xen what it is, and map the shared_info page.
 *
 * shared_info is put behind the grant frames in the window (fact M4): a page of RAM put there
 * instead would be lost to the guest, and the window's addresses are free on every Xen and every
 * memory map.
 *
 * @return 0; -ENODEV: no hypervisor node, or not an enabled one: dom0less without `xen,enhanced`
 *         (fact X4), or no Xen at all; -EINVAL: the node is damaged (printed what of it); -ENOMEM:
 *         no room to map the page; Xen's error if it refuses the page (printed)
 * Context: before StartOS.
 */
int xen_init(const struct dt *dt, struct xen *xen);

/** Whether xen_init() has succeeded: hypercalls, events and grants work. Context: any. */
bool xen_is_present(void);

/** The page that Xen shares with the domain; NULL without Xen. Context: any. */
struct shared_info *xen_shared(void);

#endif
