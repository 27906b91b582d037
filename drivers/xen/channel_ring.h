/* SPDX-License-Identifier: Apache-2.0
 *
 * The memory of a channel: two rings of bytes, one each way, and the bits by which each side says
 * of what it wants an event. The same for both roles: only whose ring is whose differs. Without
 * Xen, so that the tests can put a hostile peer on the other side. Internal to channel.c.
 *
 * Source: xen/io/libxenvchan.h. Each side owns one index of each ring, and keeps it in private:
 * what the page holds of it is a copy for the peer, and never read.
 */
#ifndef XEN_CHANNEL_RING_H
#define XEN_CHANNEL_RING_H

#include <stdbool.h>
#include <stdint.h>

#include "drivers/xen/abi.h"

/* One direction, as one side sees it. */
struct channel_ring {
    struct ring_shared *shared; /* the indices: prod is the writer's, cons the reader's */
    uint8_t *data;              /* the ring's bytes, shared */
    uint32_t size;              /* a power of two */
    uint32_t index;             /* ours: the next byte to read, or to write */
};

/** Bytes that wait to be read; -EPROTO: the peer's index cannot be right. */
int channel_ring_waiting(const struct channel_ring *in);

/** Bytes that can be written; -EPROTO as above. */
int channel_ring_room(const struct channel_ring *out);

/** Take `len` bytes out, not more than channel_ring_waiting() said; to nowhere if dst is NULL. */
void channel_ring_take(struct channel_ring *in, void *dst, uint32_t len);

/** Put `len` bytes in, not more than channel_ring_room() said. */
void channel_ring_put(struct channel_ring *out, const void *src, uint32_t len);

/** Forget what waits, whatever the peer's index is: the ring is empty, and in order. */
void channel_ring_clear_in(struct channel_ring *in);
void channel_ring_clear_out(struct channel_ring *out);

/** Ask for an event at the peer's next write or read (VCHAN_NOTIFY_...): in `bits`, which it looks
 *  at. Look at the ring once more afterwards. */
void channel_ring_ask(uint8_t *bits, uint8_t what);

/** After a write or a read: whether the peer has asked for an event, which it gets only once. */
bool channel_ring_is_asked(uint8_t *bits, uint8_t what);

#endif
