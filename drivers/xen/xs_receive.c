/* SPDX-License-Identifier: Apache-2.0
 *
 * The store's answers, message by message, as far as they have come.
 */
#include "drivers/xen/xs_receive.h"

#include <string.h>

#include "drivers/xen/xs_kinds.h"
#include "drivers/xen/xs_ring.h"

/* The message that is coming in. */
static struct {
    struct xsd_sockmsg head;
    uint32_t head_got;      /* bytes of the header that are here */
    uint32_t got;           /* bytes of the payload */
    struct xs_request *req; /* whose reply it is; NULL: a watch event, or dropped */
    /* A watch event's two strings, or an error's name as the first one. Longer ones are cut. */
    char text[2][XS_WATCH_PATH_MAX + 1];
    uint32_t text_len[2];
    uint32_t texts; /* strings that have ended */
} rx;

void xs_receive_reset(void)
{
    memset(&rx, 0, sizeof(rx));
}

void xs_receive_forget(const struct xs_request *req)
{
    if (rx.req == req)
        rx.req = NULL;
}

static void begin_payload(void)
{
    rx.got = 0;
    rx.req = NULL;
    memset(rx.text_len, 0, sizeof(rx.text_len));
    rx.texts = 0;
    if (rx.head.len > XENSTORE_PAYLOAD_MAX)
        xs_ring_broken("a message is longer than 4096 bytes", rx.head.len);
    else if (rx.head.type != XS_WATCH_EVENT)
        rx.req = xs_awaiting(rx.head.req_id, rx.head.type);
}

static void collect_text(const char *bytes, uint32_t len)
{
    for (uint32_t i = 0; i < len && rx.texts < 2; i++) {
        if (bytes[i] == 0)
            rx.texts++;
        else if (rx.text_len[rx.texts] < XS_WATCH_PATH_MAX)
            rx.text[rx.texts][rx.text_len[rx.texts]++] = bytes[i];
    }
}

static void collect(const char *bytes, uint32_t len)
{
    if (rx.head.type == XS_WATCH_EVENT || rx.head.type == XS_ERROR)
        collect_text(bytes, len);
    else if (rx.req != NULL && rx.req->kind->take != NULL)
        rx.req->kind->take(rx.req, bytes, len);
    rx.got += len;
}

static void end_message(void)
{
    struct xs_request *req = rx.req;

    rx.head_got = 0;
    rx.text[0][rx.text_len[0]] = 0;
    rx.text[1][rx.text_len[1]] = 0;
    if (rx.head.type == XS_WATCH_EVENT)
        xs_watch_event(rx.text[0], rx.text[1]);
    else if (req != NULL)
        xs_answered(req, rx.head.type == XS_ERROR ? rx.text[0] : NULL);
}

/* @return bytes taken from the ring */
static uint32_t receive_some(uint32_t most)
{
    char bytes[64];
    uint32_t want;
    uint32_t len;

    if (rx.head_got < sizeof(rx.head)) {
        want = (uint32_t)sizeof(rx.head) - rx.head_got;
        len = xs_ring_read((char *)&rx.head + rx.head_got, want < most ? want : most);
        rx.head_got += len;
        if (len == 0 || rx.head_got < sizeof(rx.head))
            return len;
        begin_payload();
    } else {
        want = rx.head.len - rx.got;
        want = want < sizeof(bytes) ? want : (uint32_t)sizeof(bytes);
        len = xs_ring_read(bytes, want < most ? want : most);
        collect(bytes, len);
    }
    if (rx.got == rx.head.len && xs_ring_state() == XS_RING_UP)
        end_message();
    return len;
}

void xs_receive(void)
{
    uint32_t most = XENSTORE_RING_SIZE;
    uint32_t len = 1;

    while (most > 0 && len > 0) {
        len = receive_some(most);
        most -= len;
    }
}
