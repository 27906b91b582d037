/* SPDX-License-Identifier: Apache-2.0
 *
 * Channels, the server's part: lending the memory, the keys, and who is at the other end.
 *
 * A client sets cli_live to 1 when it has come, and dom0's Linux sets it to 0 when it goes, however
 * it goes. Nobody but us reads that byte, so a client that we have taken gets a 3: a 1 in its place
 * is then the next client, even if the 0 in between was never seen.
 *
 * The memory stays lent, and the port open, from one client to the next: clients queue up at the
 * port, which only one can bind at a time. So between a 0 and the next 1 the rings are ours alone.
 */
#include <arch/barrier.h>

#include "decimal.h"
#include "drivers/console/console.h"
#include "drivers/xen/channel_role.h"
#include "drivers/xen/evtchn.h"
#include "drivers/xen/gnttab.h"
#include "drivers/xen/xen.h"

#define DOM0        0u
#define CLIENT_SEEN 3u
#define NEVER_CAME  2u /* libxenvchan.h: the client has not connected yet */
#define PUBLISH_MS  60000u

/* ---- clients come and go ---- */

static uint8_t client(const struct channel *channel)
{
    return __atomic_load_n(&channel->page->cli_live, __ATOMIC_ACQUIRE);
}

/* A client that has come since we last looked is seen now. */
static bool see_client(struct channel *channel)
{
    uint8_t live = CHANNEL_LIVE;

    return __atomic_compare_exchange_n(&channel->page->cli_live, &live, CLIENT_SEEN, false,
                                       __ATOMIC_SEQ_CST, __ATOMIC_RELAXED);
}

static void set_open(struct channel *channel, uint8_t live)
{
    __atomic_store_n(&channel->page->srv_live, live, __ATOMIC_SEQ_CST);
}

static void hang_up(struct channel *channel)
{
    set_open(channel, CHANNEL_GONE);
    (void)see_client(channel);
    channel->state = CHANNEL_HUNG_UP;
    (void)evtchn_send(channel->event); /* whether or not it has asked */
}

/* The rings are in order now. Was nobody there meanwhile? Pairs with the client's store to cli_live
 * before its first look at an index. */
static void check_alone(struct channel *channel)
{
    smp_mb();
    if (client(channel) != CHANNEL_GONE)
        hang_up(channel);
}

/* All that is ours in the control page: the last client may have written there, too. Of the ring
 * that we write, channel_ring_clear_out() does it. */
static void describe(struct channel *channel)
{
    struct vchan_interface *page = channel->page;

    set_open(channel, CHANNEL_LIVE);
    channel_ring_take(&channel->in, NULL, 0);
    page->left_order = channel->in_order;
    page->right_order = channel->out_order;
    for (unsigned int i = 0; i < channel_ring_pages(channel); i++)
        page->grants[i] = channel->refs[i];
}

static void client_has_gone(struct channel *channel)
{
    describe(channel);
    channel_end(channel);
    check_alone(channel);
}

static void listen_again(struct channel *channel)
{
    describe(channel);
    channel_ring_clear_in(&channel->in);
    channel_ring_clear_out(&channel->out);
    channel->state = CHANNEL_LISTENING;
    check_alone(channel);
}

/* The last client's bytes are read, or not wanted. The next one may be there already, its event
 * long over, and find no room. */
static void drop_rest(struct channel *channel)
{
    channel_ring_take(&channel->in, NULL, channel->end - channel->in.index);
    channel->state = CHANNEL_LISTENING;
    if (channel_ring_is_asked(channel->asked, VCHAN_NOTIFY_READ))
        (void)evtchn_send(channel->event);
    evtchn_raise(channel->event);
}

static void look_at_client(struct channel *channel)
{
    uint8_t live = client(channel);

    if (live == CLIENT_SEEN)
        return;
    if (live != CHANNEL_GONE)
        hang_up(channel); /* on the next client, which has come too early */
    else if (channel->state == CHANNEL_OPEN)
        client_has_gone(channel);
    else
        listen_again(channel);
}

static void look(struct channel *channel)
{
    if (channel->state == CHANNEL_OPEN || channel->state == CHANNEL_HUNG_UP)
        look_at_client(channel);
    if (channel->state == CHANNEL_ENDED && channel->end == channel->in.index)
        drop_rest(channel);
}

static int close_connection(struct channel *channel)
{
    if (channel->state == CHANNEL_OPEN)
        hang_up(channel);
    if (channel->state == CHANNEL_ENDED)
        drop_rest(channel);
    look(channel);
    return 0;
}

static const struct channel_role server = {.look = look, .close = close_connection};

/* What was written before the client could ask for an event, and what comes from it. */
static void open_connection(struct channel *channel)
{
    channel_ring_ask(channel->asked, VCHAN_NOTIFY_WRITE);
    channel_ring_ask(channel->ask, VCHAN_NOTIFY_WRITE);
    channel->state = CHANNEL_OPEN;
}

/* Whoever came and went without being accepted may have left bytes, or disorder. */
static void tidy(struct channel *channel)
{
    describe(channel);
    channel_ring_clear_out(&channel->out);
    if (channel_ring_waiting(&channel->in) != 0)
        client_has_gone(channel);
}

int channel_accept(struct channel *channel)
{
    if (channel->role != &server)
        return -EINVAL;
    look(channel);
    if (channel->state == CHANNEL_OPEN || channel->state == CHANNEL_ENDED)
        return -EISCONN;
    if (channel->state != CHANNEL_LISTENING)
        return -EAGAIN;
    if (see_client(channel))
        open_connection(channel);
    else if (client(channel) == CHANNEL_GONE)
        tidy(channel);
    return channel->state == CHANNEL_OPEN || channel->state == CHANNEL_ENDED ? 0 : -EAGAIN;
}

/* ---- the keys, which dom0 may read as all of our home (fact X3) ---- */

static void published(struct xs_request *req)
{
    const struct channel *channel = req->context;

    if (req->status != 0)
        printk("channel: cannot write %s to xenstore (%d): dom0 will not find the channel\n",
               channel->key, req->status);
}

static int publish(struct channel *channel, const char *name, uint32_t number, xs_done *done)
{
    unsigned int len = decimal_print(channel->value, number);

    if (!channel_make_key(channel, name))
        return -EINVAL;
    channel->req.context = channel;
    channel->req.timeout_ms = PUBLISH_MS; /* nothing of ours waits for it */
    return xs_write(&channel->req, channel->key, channel->value, len, done);
}

/* The last: a client that finds one key finds both. */
static void publish_port(struct xs_request *req)
{
    struct channel *channel = req->context;

    published(req);
    if (req->status == 0 && publish(channel, "event-channel", channel->port, published) != 0)
        published(req);
}

/* ---- the start ---- */

static void end_grants(const struct channel *channel, unsigned int count)
{
    for (unsigned int i = 0; i < count; i++)
        (void)gnttab_end((int)channel->refs[i]);
}

static int lend_page(struct channel *channel, unsigned int page, uint32_t *ref)
{
    int rc = gnttab_grant(DOM0, (uint8_t *)channel->pages + (size_t)page * PAGE_SIZE, false);

    if (rc < 0)
        return rc;
    *ref = (uint32_t)rc;
    return 0;
}

/* The control page last: what it says is complete then. */
static int lend(struct channel *channel)
{
    unsigned int count = channel_ring_pages(channel);
    unsigned int lent = 0;
    int rc = 0;

    while (rc == 0 && lent < count) {
        rc = lend_page(channel, lent + 1, &channel->refs[lent]);
        lent += rc == 0;
    }
    if (rc == 0) {
        describe(channel);
        rc = lend_page(channel, 0, &channel->ref);
    }
    if (rc != 0)
        end_grants(channel, lent);
    return rc;
}

static void take_back(struct channel *channel)
{
    (void)gnttab_end((int)channel->ref);
    end_grants(channel, channel_ring_pages(channel));
}

static int open_port(struct channel *channel)
{
    int port = evtchn_open(channel->event, DOM0);

    if (port < 0)
        return port;
    channel->port = (uint32_t)port;
    return 0;
}

static void prepare(struct channel *channel)
{
    struct vchan_interface *page = channel->pages;
    uint8_t *in_pages = (uint8_t *)page + PAGE_SIZE;

    page->cli_live = NEVER_CAME;
    page->cli_notify = VCHAN_NOTIFY_WRITE;
    channel->page = page;
    channel->ask = &page->cli_notify;
    channel->asked = &page->srv_notify;
    channel_view(channel, &page->left, in_pages, &page->right,
                 in_pages + (size_t)CHANNEL_RING_PAGES(channel->in_order) * PAGE_SIZE);
}

static int share(struct channel *channel)
{
    int rc = lend(channel);

    if (rc != 0)
        return rc;
    rc = open_port(channel);
    if (rc != 0) {
        take_back(channel);
        return rc;
    }
    rc = publish(channel, "ring-ref", channel->ref, publish_port);
    if (rc != 0) {
        evtchn_disconnect(channel->event, channel->port);
        take_back(channel);
    }
    return rc;
}

int channel_serve(struct channel *channel)
{
    int rc;

    if (!xen_is_present())
        return -ENODEV;
    if (channel->state != CHANNEL_DOWN)
        return -EBUSY;
    if ((uintptr_t)channel->pages % PAGE_SIZE != 0 || channel->pages == NULL ||
        !channel_orders_are_good(channel->in_order, channel->out_order))
        return -EINVAL;
    prepare(channel);
    channel->role = &server;
    channel->state = CHANNEL_LISTENING;
    rc = share(channel);
    if (rc != 0)
        channel->state = CHANNEL_DOWN;
    return rc;
}
