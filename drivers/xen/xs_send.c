/* SPDX-License-Identifier: Apache-2.0
 *
 * Our requests, in as many pieces as the ring has room for.
 */
#include "drivers/xen/xs_send.h"

#include <string.h>

#include "drivers/xen/xs_engine.h"
#include "drivers/xen/xs_ring.h"

/* The message that is going out. */
static struct {
    struct xs_request *req; /* NULL: none, or it ended before it was out */
    struct xsd_sockmsg head;
    uint32_t done; /* bytes of header, path and rest that are out */
    uint32_t len;
} tx;

void xs_send_reset(void)
{
    if (tx.req != NULL)
        tx.req->state = XS_QUEUED;
    memset(&tx, 0, sizeof(tx));
}

void xs_send_forget(const struct xs_request *req)
{
    if (tx.req == req)
        tx.req = NULL; /* its rest goes out as NUL bytes, or the rings would be out of step */
}

/* A message goes in pieces only if it is longer than the ring, and then starts in an empty one. So
 * a path is always out in one piece, and only the end of a long value can be cut off by a time-out.
 * */
static bool begin_message(struct xs_request *req)
{
    uint32_t payload = req->part_len[0] + req->part_len[1];
    uint32_t len = (uint32_t)sizeof(tx.head) + payload;

    if (xs_ring_room() < (len < XENSTORE_RING_SIZE ? len : XENSTORE_RING_SIZE))
        return false;
    tx.head = (struct xsd_sockmsg){
        .type = req->type, .req_id = req->id, .tx_id = req->tx, .len = payload};
    tx.req = req;
    tx.done = 0;
    tx.len = len;
    req->state = XS_SENDING;
    return true;
}

/* One run of bytes of the message, from `tx.done` on; @return how many were taken. */
static uint32_t send_piece(void)
{
    static const char nuls[64];
    const struct xs_request *req = tx.req;
    uint32_t at = tx.done;
    uint32_t rest = tx.len - tx.done;

    if (at < sizeof(tx.head))
        return xs_ring_write((const char *)&tx.head + at, (uint32_t)sizeof(tx.head) - at);
    if (req == NULL)
        return xs_ring_write(nuls, rest < sizeof(nuls) ? rest : (uint32_t)sizeof(nuls));
    at -= (uint32_t)sizeof(tx.head);
    if (at < req->part_len[0])
        return xs_ring_write((const char *)req->part[0] + at, req->part_len[0] - at);
    at -= req->part_len[0];
    return xs_ring_write((const char *)req->part[1] + at, req->part_len[1] - at);
}

/* @return whether the message is out */
static bool send_message(void)
{
    while (tx.done < tx.len) {
        uint32_t taken = send_piece();

        if (taken == 0)
            return false;
        tx.done += taken;
    }
    if (tx.req != NULL)
        tx.req->state = XS_SENT;
    xs_engine_sent();
    tx.req = NULL;
    return true;
}

void xs_send(void)
{
    struct xs_request *req = NULL;

    do {
        if (tx.done < tx.len && !send_message())
            return;
        req = xs_engine_next();
    } while (req != NULL && begin_message(req));
}
