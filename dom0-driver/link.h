/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A connection to one guest: its page mapped, its event channel bound, requests
 * and their waits.
 */
#ifndef ERIKA_XEN_LINK_H
#define ERIKA_XEN_LINK_H

#include <linux/types.h>
#include <xen/interface/grant_table.h>
#include <xen/interface/xen.h>

struct pin_link;
struct pin_request;

/* What a guest says about itself in xenstore; not checked by anybody yet. */
struct pin_offer {
	domid_t domid;
	grant_ref_t grant_ref;
	u32 port;
};

/*
 * Map, check, bind. Sleeps.
 * On failure an ERR_PTR; what was wrong has been logged.
 */
struct pin_link *pin_link_open(const struct pin_offer *offer);

/*
 * Wake all waiters with ENODEV, wait until the last has gone, unbind and unmap.
 * Only pin_link_get() of others may run meanwhile, no later one. Sleeps.
 */
void pin_link_close(struct pin_link *link);

/* Keep a link from being freed while a request uses it. */
void pin_link_get(struct pin_link *link);
void pin_link_put(struct pin_link *link);

/* Whether the guest broke the protocol, so that the link must be closed. */
bool pin_link_is_faulty(const struct pin_link *link);

/* Whether the guest's end of the event channel still exists. */
bool pin_link_is_alive(const struct pin_link *link);

/*
 * Send a request and wait, killable, for the answer.
 * Returns 0, the guest's errno, or
 *   -EBUSY      32 requests are in the page already
 *   -ETIMEDOUT  the guest did not look in time; the pin will not move
 *   -EIO        the guest took it and did not answer in time, or broke the
 *               protocol: the outcome is unknown, the link is faulty from now on
 *   -ENODEV     the link is closing
 *   -EINTR      the caller is being killed
 */
int pin_link_request(struct pin_link *link, struct pin_request *req);

#endif
