/* SPDX-License-Identifier: Apache-2.0
 *
 * A channel that the guest serves: clients in dom0 that keep libxenvchan's rules, come and go, or
 * write anything to the page. With one that keeps them each byte arrives, once and in order, and no
 * wake-up is lost.
 */
#include <errno.h>
#include <string.h>

#include "drivers/xen/channel.h"
#include "drivers/xen/evtchn.h"
#include "drivers/xen/gnttab.h"
#include "tests/host/xen/fake_os.h"
#include "tests/host/xen/fake_vchan.h"
#include "tests/host/xen/fake_xen.h"
#include "tests/host/xen/hostile.h"

#define PIECE      6000u
#define PUBLISH_MS 120000u /* for two keys, each with all the time that it may have */

static _Alignas(4096) uint8_t pages[CHANNEL_PAGES(12, 12) * PAGE_SIZE];
static struct channel channel = {.event = EVTCHN_CHANNEL, .path = "data/vchan", .pages = pages};
static struct fake_vchan client;
static uint32_t sends_seen; /* the guest's events that the client knows of */

static enum {
    MAD,  /* there may be a client, or not, and the page may hold anything */
    SANE, /* accepted, and has kept all rules */
    GONE, /* after that: what it has written can still be read */
} manner;

/* A stream of bytes that know their place, and who waits for it to move. */
struct stream {
    uint32_t key; /* another one each connection */
    uint32_t written, read;
    bool reader_waits, writer_waits; /* and has had no event since */
};

static struct stream in, out; /* as the guest sees them */

/* ---- streams ---- */

static uint32_t piece(void)
{
    return 1 + rnd(once_in(2) ? 100 : PIECE);
}

static uint8_t byte_of(const struct stream *stream, uint32_t place)
{
    return (uint8_t)((place * 0x9e3779b1u + stream->key) >> 13);
}

static const uint8_t *next_bytes(const struct stream *stream, uint32_t len)
{
    static uint8_t bytes[PIECE];

    for (uint32_t i = 0; i < len; i++)
        bytes[i] = byte_of(stream, stream->written + i);
    return bytes;
}

static void has_written(struct stream *stream, int len, uint32_t wanted)
{
    require(len >= 0 && len <= (int)wanted);
    stream->written += (uint32_t)len;
    stream->writer_waits = (uint32_t)len < wanted;
}

static void has_read(struct stream *stream, const uint8_t *bytes, int len, uint32_t wanted)
{
    require(len >= 0 && len <= (int)wanted);
    for (uint32_t i = 0; i < (uint32_t)len; i++)
        require(bytes[i] == byte_of(stream, stream->read + i));
    stream->read += (uint32_t)len;
    stream->reader_waits = len == 0;
}

/* ---- the application ---- */

void hostile_channel_event(void)
{
    in.reader_waits = false;
    out.writer_waits = false;
}

static void read_some(void)
{
    static uint8_t bytes[PIECE + 1];
    uint32_t len = piece();
    int got;

    bytes[len] = '#';
    got = channel_read(&channel, bytes, len);
    require(bytes[len] == '#' && got <= (int)len && (got >= 0 || got == -ENOTCONN));
    require(got <= (int)channel.in.size);
    if (manner == GONE && got == -ENOTCONN) {
        require(in.read == in.written);
        manner = MAD;
    }
    if (manner != MAD)
        has_read(&in, bytes, got, len);
}

static void write_some(void)
{
    uint32_t len = piece();
    int done = channel_write(&channel, next_bytes(&out, len), len);

    require(done <= (int)len && (done >= 0 || done == -ENOTCONN));
    require(done <= (int)channel.out.size);
    require(manner != GONE || done == -ENOTCONN);
    if (manner == SANE)
        has_written(&out, done, len);
}

/* All or nothing. */
static void send_message(void)
{
    uint32_t len = piece();
    int done = channel_send(&channel, next_bytes(&out, len), len);

    require(done == 0 || done == (int)len || done == -ENOTCONN || done == -EMSGSIZE);
    if (done == -EMSGSIZE)
        require(len > channel.out.size);
    if (manner == SANE && done > 0)
        has_written(&out, done, len);
}

static void receive_message(void)
{
    static uint8_t bytes[PIECE];
    uint32_t len = piece();
    int got = channel_recv(&channel, bytes, len);

    require(got == 0 || got == (int)len || got == -ENOTCONN || got == -EMSGSIZE);
    if (manner != MAD && got > 0)
        has_read(&in, bytes, got, len);
    if (manner == GONE && got == -ENOTCONN)
        manner = MAD; /* what was left was no whole message */
}

static void accept_anybody(void)
{
    int rc = channel_accept(&channel);

    require(rc == 0 || rc == -EAGAIN || rc == -EISCONN);
    if (rc == 0) {
        require(manner != SANE && (manner != GONE || in.read == in.written));
        manner = MAD;
    }
}

static void use(void)
{
    switch (rnd(12)) {
    case 0:
        accept_anybody();
        break;
    case 1:
        if (once_in(4)) {
            require(channel_close(&channel) == 0);
            manner = MAD;
        }
        break;
    case 2:
        send_message();
        break;
    case 3:
        receive_message();
        break;
    case 4:
    case 5:
    case 6:
    case 7:
        write_some();
        break;
    default:
        read_some();
    }
}

/* ---- dom0 ---- */

static void client_reads(void)
{
    static uint8_t bytes[PIECE];
    uint32_t len = piece();
    int got = fake_vchan_read(&client, bytes, len);

    if (manner == SANE)
        has_read(&out, bytes, got, len);
}

static void client_writes(void)
{
    uint32_t len = piece();
    int done = fake_vchan_write(&client, next_bytes(&in, len), len);

    if (manner == SANE)
        has_written(&in, done, len);
}

static void scribble(void)
{
    manner = MAD;
    switch (rnd(4)) {
    case 0: /* an index, a little wrong or very */
        fake_vchan_set_word(&client, 4 * rnd(4),
                            garbage_index(fake_vchan_word(&client, 4 * rnd(4))));
        break;
    case 1: /* comes, goes, is something else */
        pages[VCHAN_CLI_LIVE] = (uint8_t)rnd(5);
        break;
    case 2:
        pages[rnd(32)] = (uint8_t)rnd(256);
        break;
    default:
        fake_xen_event(channel.port);
    }
}

/* The last client goes, whatever it was; the application goes through what is left of it, and takes
 * the next one. */
static void meet(void)
{
    fake_vchan_go(&client);
    for (unsigned int i = 0; channel_accept(&channel) != -EAGAIN; i++) {
        require(i < 3);
        require(channel_close(&channel) == 0);
    }
    in = (struct stream){.key = rnd(UINT32_MAX)};
    out = (struct stream){.key = rnd(UINT32_MAX)};
    fake_vchan_come(&client, pages, channel.port);
    require(channel_accept(&channel) == 0);
    manner = SANE;
}

static void go(void)
{
    fake_vchan_go(&client);
    manner = manner == SANE ? GONE : MAD;
}

static void attack(void)
{
    if (client.read_data == NULL || (manner == MAD && once_in(8)))
        meet(); /* the first one, or the next */
    else if (once_in(manner == MAD ? 2 : 40))
        scribble();
    else if (once_in(20))
        go();
    else if (manner == GONE)
        fake_xen_event(channel.port); /* an event may come for nothing */
    else if (once_in(2))
        client_reads();
    else
        client_writes();
}

/* ---- the life ---- */

/* Rings of all kinds that stand at any index. The smaller ones lie in the control page, and only one
 * of each size. */
static void choose_rings(void)
{
    static const uint8_t orders[][2] = {{10, 11}, {11, 10}, {10, 12}, {12, 11}, {12, 12}};
    unsigned int choice = rnd(sizeof(orders) / sizeof(orders[0]));

    channel.in_order = orders[choice][0];
    channel.out_order = orders[choice][1];
    client.page = pages;
    for (unsigned int i = 0; i < 2; i++) {
        uint32_t index = garbage_index(0u - rnd(2000));

        fake_vchan_set_word(&client, 8 * i, index);
        fake_vchan_set_word(&client, 8 * i + 4, index);
    }
}

static bool start(void)
{
    const unsigned int free_before = gnttab_free_count();

    choose_rings();
    if (channel_serve(&channel) != 0) {
        require(gnttab_free_count() == free_before);
        require(evtchn_send(EVTCHN_CHANNEL) == -ENOTCONN);
        require(channel_read(&channel, pages, 1) == -ENOTCONN);
        return false;
    }
    hostile_gnttab_adopt();
    client.port = channel.port;
    guard(channel.in.data, channel.in.size);
    guard(&channel.in.shared->prod, sizeof(uint32_t));
    guard(&channel.out.shared->cons, sizeof(uint32_t));
    return true;
}

static void calm(void)
{
    meet();
}

/* Several rings full, both ways; then the keys are in xenstore, or it was said that they are not. */
static bool works(void)
{
    for (unsigned int i = 0; i < 20; i++) {
        client_writes();
        remember_guards();
        write_some();
        read_some();
        client_reads();
        remember_guards();
    }
    while (in.read != in.written)
        read_some();
    while (out.read != out.written)
        client_reads();
    remember_guards();
    if (xs_is_busy(&channel.req))
        fake_os_advance_ms(PUBLISH_MS);
    require(!xs_is_busy(&channel.req));
    require(channel.req.status == 0 || fake_os_printed("channel: cannot write data/vchan/") == 1);
    return in.read > 0 && out.read > 0;
}

/* A lost wake-up would leave somebody waiting for what is there; but an event may be on its way, or
 * have been refused. */
static void check_stream(const struct stream *stream, uint32_t size, bool reader_excused,
                         bool writer_excused)
{
    const uint32_t used = stream->written - stream->read;

    require(used <= size);
    require(!stream->reader_waits || used == 0 || reader_excused);
    require(!stream->writer_waits || used == size || writer_excused);
}

static void check(void)
{
    const bool is_coming = fake_xen_is_pending(channel.port);

    require(fake_os_printed("channel: data/vchan: dom0 wrote an index that cannot be") <= 1);
    if (fake_xen.sends[channel.port] != sends_seen)
        in.writer_waits = out.reader_waits = false;
    sends_seen = fake_xen.sends[channel.port];
    if (manner != SANE)
        return;
    check_stream(&in, channel.in.size, is_coming, xen_refuses());
    check_stream(&out, channel.out.size, xen_refuses(), is_coming);
}

const struct actor hostile_channel = {.name = "channel",
                                      .start = start,
                                      .use = use,
                                      .attack = attack,
                                      .calm = calm,
                                      .works = works,
                                      .check = check};
