/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * dom0's half of the pin protocol: what it does to the shared page, and nothing
 * else. No sleeping, no locking, no allocation, so that the very same file also
 * runs in the tests on a development machine (hence its second licence).
 *
 * The guest may write anything into the page at any time. Each word is read once
 * and the copy is judged. Transitions and their ordering: abi/PIN_PROTOCOL.md.
 */
#ifndef ERIKA_XEN_RING_H
#define ERIKA_XEN_RING_H

#include <linux/types.h>

#include "pin.h"

struct pin_ring {
	struct pin_page *page;	/* shared with the guest */
	u32 next_id;		/* of the next request */
	u32 waiting;		/* bit n: somebody here waits for slot n */
	const char *fault;	/* what the guest broke; set with PIN_RING_BROKEN and -EPROTO */
};

struct pin_request {
	u32 op;		/* enum pin_op */
	u32 pin;	/* index into the guest's list */
	u32 value;	/* to set, or as got */
	u32 id;		/* given by pin_ring_post() */
	int status;	/* of PIN_RING_ANSWERED: 0 or a negative errno */
};

enum pin_ring_end {
	PIN_RING_ANSWERED,	/* status and value are the guest's answer */
	PIN_RING_CANCELLED,	/* the guest had not looked: the pin never moves */
	PIN_RING_TAKEN,		/* too late to cancel and not answered yet */
	PIN_RING_BROKEN,	/* the guest broke the protocol: ring->fault says how */
};

/*
 * Begin to use a page, new or left by another module. Requests that the other
 * module left behind are cancelled.
 * Returns 0, or -EPROTO: not a page of this protocol, ring->fault says why.
 */
int pin_ring_attach(struct pin_ring *ring, struct pin_page *page);

/*
 * Put a request into the page; the caller then sends the event.
 * Returns 0, -EBUSY: the slot whose turn it is is still in use, or -EPROTO.
 * Not reentrant, and neither are finish and abandon: the caller holds a lock.
 */
int pin_ring_post(struct pin_ring *ring, struct pin_request *req);

/* Whether the guest has nothing more to do for a request. Needs no lock. */
bool pin_ring_settled(const struct pin_ring *ring, u32 id);

/* Whether some request that is waited for is settled. Needs no lock. */
bool pin_ring_progress(const struct pin_ring *ring);

/*
 * End a request, whatever came of it: collect its answer, or else cancel it.
 * After PIN_RING_TAKEN call this again later, or pin_ring_abandon().
 */
enum pin_ring_end pin_ring_finish(struct pin_ring *ring, struct pin_request *req);

/* Stop waiting for a request that was taken. Its slot is reused once it is done. */
void pin_ring_abandon(struct pin_ring *ring, u32 id);

#endif
