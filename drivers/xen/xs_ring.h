/* SPDX-License-Identifier: Apache-2.0
 *
 * The store's page as two streams of bytes: requests out, replies in. Everything in the page can be
 * changed by the other side at any time, so indices are read once, checked, and used from a local
 * copy (fact X1); our own indices are read back only to see whether they are still there. Messages
 * are xenstore.c's business.
 *
 * Source: xen/io/xs_wire.h, Xen's docs/misc/xenstore-ring.txt. Context: xenstore.c's.
 */
#ifndef XEN_XS_RING_H
#define XEN_XS_RING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drivers/xen/abi.h"

enum xs_ring_state {
    XS_RING_NONE, /* there is no store */
    XS_RING_DOWN, /* announced, but not connected yet, or again not: fact X4 */
    XS_RING_UP,
    XS_RING_DEAD, /* the other side broke the rules, and cannot connect anew; for ever */
};

/** There is a store, and an event when it is ready: use the page that Xen names
 *  (HVM_PARAM_STORE_PFN), or if it names none yet, the one that xs_ring_poll() finds. */
void xs_ring_init(void);

/** Look for the page, and at the connection. @return true if it has come up since the last call, for
 *  the first time or to a store that was started anew: both streams start anew, too. */
bool xs_ring_poll(void);

/** Whether the store says that it is there, now. Context: any. */
bool xs_ring_is_connected(void);

enum xs_ring_state xs_ring_state(void);

/** Take up to `len` bytes from the stream. @return how many; 0: none are there, or it is not up. */
uint32_t xs_ring_read(void *dst, uint32_t len);

/** Bytes that xs_ring_write() would take now; 0 if the rings are not up. */
uint32_t xs_ring_room(void);

/** Put up to `len` bytes into the stream. @return how many there was room for. */
uint32_t xs_ring_write(const void *src, uint32_t len);

/** The other side broke the rules: say so, and ask it to connect anew, if it says that it can; else
 *  give the rings up. */
void xs_ring_broken(const char *why, uint32_t value);

/** Tell the other side if anything was read or written since the last time: it may wait for room
 *  too (fact X1). */
void xs_ring_notify(void);

#endif
