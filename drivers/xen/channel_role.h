/* SPDX-License-Identifier: Apache-2.0
 *
 * What server and client have in common. Internal to drivers/xen/channel*.c.
 */
#ifndef XEN_CHANNEL_ROLE_H
#define XEN_CHANNEL_ROLE_H

#include "drivers/xen/channel.h"

enum {
    CHANNEL_DOWN,       /* no memory is shared */
    CHANNEL_CONNECTING, /* client: its requests are under way */
    CHANNEL_LISTENING,  /* server: no client, or one that is not accepted yet */
    CHANNEL_OPEN,
    CHANNEL_ENDED,  /* the peer has gone: what is left may be read */
    CHANNEL_HUNG_UP /* server: we have closed, and the client is still there */
};

/* The bytes "srv_live" and "cli_live" by which each side tells whether it is there. */
#define CHANNEL_GONE 0u
#define CHANNEL_LIVE 1u

struct channel_role {
    /* What has become of the peer? */
    void (*look)(struct channel *channel);
    int (*close)(struct channel *channel);
};

/** Set up the view of the rings: `in` and `out` from the indices in the page, where the larger
 *  ones' pages are at `in_pages` and `out_pages`. */
void channel_view(struct channel *channel, struct ring_shared *in, void *in_pages,
                  struct ring_shared *out, void *out_pages);

/** Whether rings of these orders can be: their range, and no two in one place. */
bool channel_orders_are_good(unsigned int one, unsigned int other);

/** How many pages the rings have beside the control page. */
static inline unsigned int channel_ring_pages(const struct channel *channel)
{
    return CHANNEL_PAGES(channel->in_order, channel->out_order) - 1;
}

/** Make channel->key: path, '/' and a name. false: the path is too long, or empty. */
bool channel_make_key(struct channel *channel, const char *name);

/** The peer has gone: keep what it has written, and drop what it has not read. */
void channel_end(struct channel *channel);

#endif
