/* SPDX-License-Identifier: Apache-2.0
 *
 * The other half of grants: pages that another domain lends to this guest (gnttab.h: pages that the
 * guest lends). Such a page can be mapped, and is then memory of both, or be copied from and to
 * without being mapped.
 *
 * Mapped pages appear in slots: CFG_GNTMAP_SLOTS pages of the window that Xen sets aside for the
 * guest, behind the grant table and shared_info, so that no RAM page is given up for them (fact
 * M4). The guest's own page tables show the slots from the start and for ever; Xen fills a slot and
 * empties it. To touch an empty one is a data abort.
 *
 * Both ways the other domain may write to its page at any time: read each value once, then judge
 * the copy. Debian's Xen lets a guest use pages of dom0 only (fact E5).
 *
 * Source: xen/grant_table.h. Facts G1-G3, M2.
 */
#ifndef XEN_GNTMAP_H
#define XEN_GNTMAP_H

#include <stdbool.h>
#include <stdint.h>

#include "drivers/xen/xen.h"

/*
 * What Xen answers, as an errno, where `-Exx of Xen` is said below:
 *   -EIO     no reason given: mostly the page is not lent to this domain, or only for reading
 *   -ENOENT  the other domain's table has no such reference
 *   -ESRCH   no such domain
 *   -EPERM   this Xen's policy forbids it: TROUBLESHOOTING, "SILO"
 *   -EFAULT  the page is none that can be shared
 *   -EAGAIN  not now: the other domain's page is being moved
 *   -ENOSPC  Xen has no handle left: max_maptrack_frames in xl.cfg
 *   -EINVAL  anything else
 */

/** Show the slots in the guest's page tables. Nothing to do if the application has none.
 *  @return 0; -ENOMEM: no room for them. Context: before StartOS. */
int gntmap_init(const struct xen *xen);

/**
 * Map pages of another domain, one behind another.
 * @param domid     whose: 0 is dom0
 * @param refs      its grant references, in the order in which the pages are to appear
 * @param count     how many, 1 ..
 * @param readonly  to write to them is a data abort then; must be true for pages lent so
 * @param pages     the address of the first one; not changed if it fails
 * @return 0: all are mapped; else none is: -ENOMEM: not so many slots in a row are free (OIL:
 *         GRANTMAPS); -EINVAL: count is 0; -Exx of Xen
 * Context: task, ISR2, before StartOS.
 */
int gntmap_map(uint16_t domid, const uint32_t *refs, unsigned int count, bool readonly,
               void **pages);

/**
 * Give pages back: as many as were mapped, from the address that gntmap_map() gave. Nothing may
 * touch them any more.
 * @return 0; -EINVAL: no pages mapped there; -Exx of Xen: it keeps a page mapped, and its slot is
 *         not used again; the others are given back
 * Context: task, ISR2, before StartOS.
 */
int gntmap_unmap(void *pages, unsigned int count);

/** How many slots are free. */
unsigned int gntmap_free_count(void);

/**
 * Let Xen copy from a page of another domain, or into one. It is one hypercall, and the page need
 * not be mapped: cheaper than mapping for a page that is used once.
 * @param offset  where in that page: 0 .. 4095
 * @param dst     in the image (a variable, a stack); `src` likewise
 * @param len     1 .. 4096 - offset
 * @return 0; -EINVAL: beyond the page's end, or nothing; -Exx of Xen: it may have copied a part
 * Context: task, ISR2, before StartOS.
 */
int gntmap_copy_from(uint16_t domid, uint32_t ref, unsigned int offset, void *dst,
                     unsigned int len);
int gntmap_copy_to(uint16_t domid, uint32_t ref, unsigned int offset, const void *src,
                   unsigned int len);

#endif
