/* SPDX-License-Identifier: Apache-2.0
 *
 * Channels: see channel.h. What both roles do: reading, writing, and the rules for events.
 */
#include "drivers/xen/channel.h"

#include <string.h>

#include "drivers/console/console.h"
#include "drivers/xen/channel_role.h"
#include "drivers/xen/evtchn.h"

/* ---- for the roles ---- */

bool channel_orders_are_good(unsigned int one, unsigned int other)
{
    bool in_range = one >= CHANNEL_ORDER_MIN && one <= CHANNEL_ORDER_MAX &&
                    other >= CHANNEL_ORDER_MIN && other <= CHANNEL_ORDER_MAX;

    return in_range && (one != other || CHANNEL_RING_PAGES(one) != 0);
}

static struct channel_ring view(struct vchan_interface *page, struct ring_shared *shared,
                                unsigned int order, void *pages)
{
    uint32_t size = 1u << order;

    /* A ring in the control page lies at the offset that is its size. */
    return (struct channel_ring){
        .shared = shared,
        .data = CHANNEL_RING_PAGES(order) == 0 ? (uint8_t *)page + size : pages,
        .size = size,
    };
}

void channel_view(struct channel *channel, struct ring_shared *in, void *in_pages,
                  struct ring_shared *out, void *out_pages)
{
    channel->in = view(channel->page, in, channel->in_order, in_pages);
    channel->out = view(channel->page, out, channel->out_order, out_pages);
    channel->in.index = __atomic_load_n(&in->cons, __ATOMIC_RELAXED);
    channel->out.index = __atomic_load_n(&out->prod, __ATOMIC_RELAXED);
}

bool channel_make_key(struct channel *channel, const char *name)
{
    size_t len = strlen(channel->path);

    if (len == 0 || len > CHANNEL_PATH_MAX)
        return false;
    memcpy(channel->key, channel->path, len);
    channel->key[len] = '/';
    memcpy(&channel->key[len + 1], name, strlen(name) + 1);
    return true;
}

void channel_end(struct channel *channel)
{
    int left = channel_ring_waiting(&channel->in);

    if (left < 0)
        channel_ring_clear_in(&channel->in);
    channel->end = channel->in.index + (left < 0 ? 0u : (uint32_t)left);
    channel_ring_clear_out(&channel->out);
    channel->state = CHANNEL_ENDED;
}

/* ---- the application's ---- */

static int broken(struct channel *channel)
{
    if (!channel->was_broken)
        printk("channel: %s: dom0 wrote an index that cannot be; connection closed\n",
               channel->path);
    channel->was_broken = true;
    (void)channel_close(channel);
    return -ENOTCONN;
}

static void tell(const struct channel *channel, uint8_t what)
{
    /* Fails only if the peer has closed its end: then nobody waits for the event. */
    if (channel_ring_is_asked(channel->asked, what))
        (void)evtchn_send(channel->event);
}

static void look(struct channel *channel)
{
    if (channel->state != CHANNEL_DOWN)
        channel->role->look(channel);
}

/* Look, ask, and look again: the peer may have moved its index before it saw that we ask. */
static int bytes(const struct channel *channel, const struct channel_ring *ring,
                 int (*count)(const struct channel_ring *ring), size_t wanted, uint8_t what)
{
    int len = count(ring);

    if (len < 0 || (size_t)len >= wanted)
        return len;
    channel_ring_ask(channel->ask, what);
    return count(ring);
}

static int waiting(struct channel *channel, size_t wanted)
{
    int len;

    look(channel);
    if (channel->state == CHANNEL_ENDED && channel->end != channel->in.index)
        return (int)(channel->end - channel->in.index);
    if (channel->state != CHANNEL_OPEN)
        return -ENOTCONN;
    len = bytes(channel, &channel->in, channel_ring_waiting, wanted, VCHAN_NOTIFY_WRITE);
    return len >= 0 ? len : broken(channel);
}

static int room(struct channel *channel, size_t wanted)
{
    int len;

    look(channel);
    if (channel->state != CHANNEL_OPEN)
        return -ENOTCONN;
    len = bytes(channel, &channel->out, channel_ring_room, wanted, VCHAN_NOTIFY_READ);
    return len >= 0 ? len : broken(channel);
}

/* Of a peer that has gone the rest of a message never comes. */
static int too_few(struct channel *channel)
{
    if (channel->state == CHANNEL_OPEN)
        return 0;
    channel_ring_take(&channel->in, NULL, channel->end - channel->in.index);
    look(channel);
    return -ENOTCONN;
}

static int take(struct channel *channel, void *buf, size_t size, size_t least)
{
    int len = waiting(channel, least);

    if (len < 0)
        return len;
    if (least > channel->in.size)
        return -EMSGSIZE;
    if ((size_t)len < least)
        return too_few(channel);
    len = (size_t)len < size ? len : (int)size;
    channel_ring_take(&channel->in, buf, (uint32_t)len);
    tell(channel, VCHAN_NOTIFY_READ);
    return len;
}

static int put(struct channel *channel, const void *buf, size_t size, size_t least)
{
    int len = room(channel, size);

    if (len < 0)
        return len;
    if (least > channel->out.size)
        return -EMSGSIZE;
    if ((size_t)len < least)
        return 0;
    len = (size_t)len < size ? len : (int)size;
    channel_ring_put(&channel->out, buf, (uint32_t)len);
    tell(channel, VCHAN_NOTIFY_WRITE);
    return len;
}

int channel_read(struct channel *channel, void *buf, size_t size)
{
    return take(channel, buf, size, 1);
}

int channel_recv(struct channel *channel, void *buf, size_t size)
{
    return take(channel, buf, size, size);
}

int channel_write(struct channel *channel, const void *buf, size_t size)
{
    return put(channel, buf, size, 1);
}

int channel_send(struct channel *channel, const void *buf, size_t size)
{
    return put(channel, buf, size, size);
}

int channel_close(struct channel *channel)
{
    return channel->state != CHANNEL_DOWN ? channel->role->close(channel) : 0;
}
