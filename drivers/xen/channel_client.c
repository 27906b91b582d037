/* SPDX-License-Identifier: Apache-2.0
 *
 * Channels, the client's part: finding a server in dom0, mapping its memory, and letting it go.
 */
#include "decimal.h"
#include "drivers/xen/channel_role.h"
#include "drivers/xen/evtchn.h"
#include "drivers/xen/gntmap.h"
#include "drivers/xen/xen.h"

#define DOM0 0u

/* ---- the connection ---- */

static void set_live(struct channel *channel, uint8_t live)
{
    __atomic_store_n(&channel->page->cli_live, live, __ATOMIC_SEQ_CST);
    (void)evtchn_send(channel->event);
}

static void look(struct channel *channel)
{
    if (channel->state == CHANNEL_OPEN &&
        __atomic_load_n(&channel->page->srv_live, __ATOMIC_ACQUIRE) == CHANNEL_GONE)
        channel_end(channel);
}

static int unmap(struct channel *channel)
{
    unsigned int count = channel_ring_pages(channel);
    int rings = count != 0 ? gntmap_unmap(channel->pages, count) : 0;
    int control = gntmap_unmap(channel->page, 1);

    channel->page = NULL;
    return rings != 0 ? rings : control;
}

static int close_connection(struct channel *channel)
{
    int rc;

    if (channel->state == CHANNEL_CONNECTING)
        return -EBUSY;
    set_live(channel, CHANNEL_GONE);
    evtchn_disconnect(channel->event, channel->port);
    rc = unmap(channel);
    channel->state =
        CHANNEL_DOWN; /* the last: channel_connect() may be called at once, by an ISR2 */
    return rc;
}

static const struct channel_role client = {.look = look, .close = close_connection};

/* ---- the way there ---- */

/* What the server's page says of its rings, read once: left is what a client writes. */
static int map_rings(struct channel *channel)
{
    const struct vchan_interface *page = channel->page;
    uint16_t left = __atomic_load_n(&page->left_order, __ATOMIC_RELAXED);
    uint16_t right = __atomic_load_n(&page->right_order, __ATOMIC_RELAXED);
    unsigned int count;

    if (!channel_orders_are_good(left, right))
        return -EPROTO;
    channel->out_order = (uint8_t)left;
    channel->in_order = (uint8_t)right;
    count = channel_ring_pages(channel);
    for (unsigned int i = 0; i < count; i++)
        channel->refs[i] = __atomic_load_n(&page->grants[i], __ATOMIC_RELAXED);
    return count != 0 ? gntmap_map(DOM0, channel->refs, count, false, &channel->pages) : 0;
}

static int map(struct channel *channel)
{
    void *page;
    int rc = gntmap_map(DOM0, &channel->ref, 1, false, &page);

    if (rc != 0)
        return rc;
    channel->page = page;
    rc = map_rings(channel);
    if (rc != 0)
        (void)gntmap_unmap(page, 1);
    return rc;
}

static int open_port(struct channel *channel)
{
    int port = evtchn_connect(channel->event, DOM0, channel->port);

    if (port < 0)
        return port;
    channel->port = (uint32_t)port;
    return 0;
}

static int attach(struct channel *channel)
{
    struct vchan_interface *page;
    int rc = map(channel);

    if (rc != 0)
        return rc;
    rc = open_port(channel);
    if (rc != 0) {
        (void)unmap(channel);
        return rc;
    }
    page = channel->page;
    channel->ask = &page->srv_notify;
    channel->asked = &page->cli_notify;
    channel_view(channel, &page->right,
                 (uint8_t *)channel->pages +
                     (size_t)CHANNEL_RING_PAGES(channel->out_order) * PAGE_SIZE,
                 &page->left, channel->pages);
    channel_ring_ask(channel->ask, VCHAN_NOTIFY_WRITE);
    set_live(channel, CHANNEL_LIVE);
    return 0;
}

static void end_connecting(struct channel *channel, int error)
{
    channel->state = error == 0 ? CHANNEL_OPEN : CHANNEL_DOWN;
    channel->connected(channel, error);
}

/* ---- the keys ---- */

static int ask_for(struct channel *channel, const char *name, xs_done *done)
{
    if (!channel_make_key(channel, name))
        return -EINVAL;
    channel->req.context = channel;
    return xs_read(&channel->req, channel->key, channel->value, sizeof(channel->value), done);
}

/* The number that was asked for; no key has a 0. */
static int answer(const struct channel *channel, uint32_t *number)
{
    uint64_t value;

    if (channel->req.status != 0)
        return channel->req.status;
    if (!decimal_parse(channel->value, UINT32_MAX, &value) || value == 0)
        return -EPROTO;
    *number = (uint32_t)value;
    return 0;
}

static void got_port(struct xs_request *req)
{
    struct channel *channel = req->context;
    int rc = answer(channel, &channel->port);

    end_connecting(channel, rc != 0 ? rc : attach(channel));
}

static void got_ref(struct xs_request *req)
{
    struct channel *channel = req->context;
    int rc = answer(channel, &channel->ref);

    if (rc == 0)
        rc = ask_for(channel, "event-channel", got_port);
    if (rc != 0)
        end_connecting(channel, rc);
}

int channel_connect(struct channel *channel)
{
    int rc;

    if (!xen_is_present())
        return -ENODEV;
    if (channel->state != CHANNEL_DOWN)
        return -EBUSY;
    channel->role = &client;
    channel->state = CHANNEL_CONNECTING;
    rc = ask_for(channel, "ring-ref", got_ref);
    if (rc != 0)
        channel->state = CHANNEL_DOWN;
    return rc;
}
