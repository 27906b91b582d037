/* SPDX-License-Identifier: Apache-2.0
 *
 * Grant table: how a guest lends one of its pages to another domain. The guest writes an entry
 * (whom, which frame, read-only or not) into a table that Xen reads; the entry's number, the grant
 * reference, goes to the other side by some way of their own, mostly xenstore, and lets it map the
 * page.
 *
 * Version 1 entries, the only ones on ARM (fact G1). Source: xen/grant_table.h, whose comments say
 * how entries of a running table are to be changed.
 */
#ifndef XEN_GNTTAB_H
#define XEN_GNTTAB_H

#include <stdbool.h>
#include <stdint.h>

#include "drivers/xen/xen.h"

/**
 * Map the table into the window that xen_init() found: CFG_GNTTAB_FRAMES pages of 512 references.
 * @return 0; -ENOMEM: no room to map it; Xen's error if it refuses a frame (its limit is the
 *         domain's `max_grant_frames`; printed)
 * Context: before StartOS.
 */
int gnttab_init(const struct xen *xen);

/**
 * Lend a page.
 * @param domid     who may map it: 0 is dom0
 * @param page      address of a whole page inside the image, on a page boundary. All of its 4096
 *                  bytes become visible to that domain: keep nothing else there
 * @param readonly  whether that domain may only read it
 * @return the reference, 8 .. ; -ENOSPC: none is free, or gnttab_init() has not succeeded; -EINVAL:
 *         not on a page boundary
 * Context: task, ISR2, before StartOS.
 */
int gnttab_grant(uint16_t domid, const void *page, bool readonly);

/**
 * Take a page back. No new mapping can be made afterwards; the reference may be used for another
 * grant.
 * @return 0; -EBUSY: the other side has it mapped now: nothing changed, the page is still lent, try
 *         later; -EINVAL: not a reference that is in use
 * Context: task, ISR2, before StartOS.
 */
int gnttab_end(int ref);

/** How many references are free; 0 also if there is no table. */
unsigned int gnttab_free_count(void);

/**
 * How large the table is, in frames, and how large Xen would let it grow.
 * @return 0; Xen's error, as GNTTABOP_query_size has it. Context: any.
 */
int gnttab_frames(unsigned int *frames, unsigned int *max_frames);

#endif
