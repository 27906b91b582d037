/* SPDX-License-Identifier: Apache-2.0
 *
 * Channels: streams of bytes, or messages, both ways between this guest and a program in dom0,
 * through memory that the two share. No copy by Xen, no limit but the rings' sizes, and an event
 * only when a side would have to wait.
 *
 * The other side is any program that uses Xen's own libxenvchan. Debian's stock one is
 * vchan-socket-proxy (package xen-utils), which makes a channel a Unix socket in dom0:
 *
 *     vchan-socket-proxy DOMID /local/domain/DOMID/data/vchan/0 /tmp/socket      the guest serves
 *     vchan-socket-proxy -m server DOMID /local/domain/DOMID/data/other /tmp/s   dom0 serves
 *
 * The two roles differ in who lends the memory. A server lends its own, and one client after
 * another may come and go; a client maps the server's (OIL: GRANTMAPS = 1 + the rings' pages).
 *
 *     static uint8_t pages[CHANNEL_PAGES(12, 12) * PAGE_SIZE] __attribute__((aligned(PAGE_SIZE)));
 *     static struct channel echo = {.event = EVTCHN_ECHO, .path = "data/vchan/0",
 *                                   .pages = pages, .in_order = 12, .out_order = 12};
 *
 *     int main(void) { channel_serve(&echo); StartOS(OSDEFAULTAPPMODE); }
 *
 *     in OIL:  ISR Echo { CATEGORY = 2; SOURCE = EVENTCHANNEL { NAME = "echo"; };
 *                         ACTION = SETEVENT { TASK = EchoTask; EVENT = Moved; }; };
 *
 *     TASK(EchoTask)
 *     {
 *         for (;;) {
 *             WaitEvent(Moved);
 *             ClearEvent(Moved);                    before looking: what comes later is a new event
 *             if (channel_accept(&echo) == 0) ...   a client has come: begin anew
 *             while ((len = channel_read(&echo, text, sizeof(text))) > 0) ...
 *         }
 *     }
 *
 * Nothing here blocks. The event comes when there may be something to do: a peer has come or gone,
 * or (after a call that could not do all) there are bytes to read, or room to write. So go on until
 * a call returns 0, and then wait for the event. An event may also come for nothing.
 *
 * A connection begins with channel_accept() or the client's `connected`, and ends with -ENOTCONN,
 * which read and write return from then on. What the peer had written before it went can still be
 * read; what it had not read is lost. The next peer is another connection: it never sees the bytes
 * of the last one (but see channel_accept()), and the application is told because it must call
 * channel_accept() once more.
 *
 * The peer may be hostile. All that it writes is read once and checked; what cannot be right ends
 * the connection, and is printed, once a channel. It can neither make us touch memory outside of
 * the rings, nor wait, nor keep the next peer out when it has gone.
 *
 * Context of all calls but those marked: one task, or one ISR2, a channel. Two contexts that share
 * one need a resource.
 *
 * Source: xen/io/libxenvchan.h. Facts G1-G3, M2, E5: a guest of Debian's Xen can have dom0 for its
 * peer, and no other guest.
 */
#ifndef XEN_CHANNEL_H
#define XEN_CHANNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <arch/mem.h>

#include "drivers/xen/channel_ring.h"
#include "drivers/xen/xenstore.h"

/*
 * A ring has 2^order bytes. Orders 10 and 11 lie in the control page, and only one ring can have
 * each; larger ones have pages of their own. `in` is what this guest reads, `out` what it writes.
 */
#define CHANNEL_ORDER_MIN 10u
#define CHANNEL_ORDER_MAX 18u

/** Pages of one ring, and of a channel: the control page and both rings. */
#define CHANNEL_RING_PAGES(order) ((order) < 12u ? 0u : 1u << ((order)-12u))
#define CHANNEL_PAGES(in_order, out_order)                                                         \
    (1u + CHANNEL_RING_PAGES(in_order) + CHANNEL_RING_PAGES(out_order))

#define CHANNEL_PATH_MAX 64u /* letters */

struct channel {
    /* The application's; constant from channel_serve() or channel_connect() on. */
    unsigned int event; /* EVTCHN_...: the name, from OIL, whose ISR tells the application */
    const char *path;   /* in xenstore, of the channel's keys: "data/..." (fact X3), or dom0's */
    /* Server: its memory, CHANNEL_PAGES(in_order, out_order) pages on a page boundary. dom0 sees
     * all of it. */
    void *pages;
    uint8_t in_order, out_order; /* client: the server's choice, filled in */
    /* Client: called when channel_connect() has ended, in the store's ISR2: 0, or why not. */
    void (*connected)(struct channel *channel, int error);

    /* The driver's: not to be touched. */
    const struct channel_role *role;
    struct vchan_interface *page;
    struct channel_ring in, out;
    uint8_t *ask;   /* what we want events for */
    uint8_t *asked; /* what the peer wants events for */
    uint8_t state;
    uint32_t end; /* of a peer that has gone: the index behind its last byte */
    bool was_broken;
    uint32_t ref;                                              /* of the control page */
    uint32_t refs[2u * CHANNEL_RING_PAGES(CHANNEL_ORDER_MAX)]; /* of the rings' */
    uint32_t port; /* server: ours; client: first the server's, then ours */
    struct xs_request req;
    char key[CHANNEL_PATH_MAX + sizeof("/event-channel")];
    char value[24];
};

/**
 * Become a server: lend the pages to dom0, open an event channel for it, and begin to write the
 * keys path/ring-ref and path/event-channel; that ends by itself, and is printed if it fails.
 * @return 0; -ENODEV: no Xen, or no xenstore; -EINVAL: orders, memory or path are not as said
 *         above; -ENOSPC: no grants are left, or no ports; -EBUSY: the event's name is bound, or
 *         this channel is in use; -ENOENT: no ISR has this event
 * Context: task, before StartOS.
 */
int channel_serve(struct channel *channel);

/**
 * Begin to become the client of a server in dom0: read its keys, map its pages and connect to its
 * port. channel->connected() is called at the end, if this returns 0, with
 *   0            connected
 *   -ENOENT      there is no server, or not yet: xs_watch() the path, and try again when it fires
 *   -ENOMEM      its rings have more pages than there are free slots (OIL: GRANTMAPS)
 *   -EPROTO      its keys are no numbers, or its page is none of libvchan's
 *   and any error of xs_read(), evtchn_bind_interdomain(), evtchn_bind() and gntmap_map().
 * @return 0; -ENODEV, -EINVAL, -EBUSY as above
 * Context: task, ISR2, before StartOS.
 */
int channel_connect(struct channel *channel);

/**
 * Server: take the client that has come. From then on channel_read() and channel_write() are about
 * it. A client that has gone already is taken,
 * too, if it left bytes: they can be read, and then the connection ends. (Of several that went
 * before anybody took them, all bytes are together.)
 *
 * Should an accepted client go and the next one come so fast that this guest sees only the second,
 * it closes the connection, and the client must come again: it may have seen bytes for the first.
 * @return 0; -EAGAIN: nobody is there; -EISCONN: the connection is still open,
 *         or bytes of the last client are not read yet; -EINVAL: no server
 */
int channel_accept(struct channel *channel);

/**
 * Read what there is.
 * @param size  of `buf`, 1 ..
 * @return 1 .. size: so many bytes were read; 0: none are there now, an event will tell; -ENOTCONN:
 *         no connection, and nothing left to read
 */
int channel_read(struct channel *channel, void *buf, size_t size);

/**
 * Write what there is room for.
 * @return 1 .. size: so many bytes were written; if less than `size`, an event will tell when there
 *         is room again; 0: no room now, or size is 0; -ENOTCONN: no connection
 */
int channel_write(struct channel *channel, const void *buf, size_t size);

/**
 * Read exactly `size` bytes, or nothing: the way to read messages whose length is known.
 * @return size; 0: they are not all there now, an event will tell of more; -ENOTCONN: no connection,
 *         and not so many are left; -EMSGSIZE: more than the ring can hold
 */
int channel_recv(struct channel *channel, void *buf, size_t size);

/** Write exactly `size` bytes, or nothing. @return size; 0: no room for all of it now, an event will
 *  tell of more room; -ENOTCONN; -EMSGSIZE: more than the ring can hold */
int channel_send(struct channel *channel, const void *buf, size_t size);

/**
 * End the connection. A server tells its client, and waits for the next one; a client gives the
 * server's memory back, and may call channel_connect() again. Call it also after -ENOTCONN as a
 * client; as a server it does no harm.
 * @return 0; client: the error of gntmap_unmap(), or -EBUSY: channel_connect() is under way
 */
int channel_close(struct channel *channel);

#endif
