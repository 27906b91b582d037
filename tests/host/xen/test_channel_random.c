/* SPDX-License-Identifier: Apache-2.0
 *
 * A channel that the guest serves under random use: rings of all kinds that stand at any index,
 * pieces of any size. Whenever one side has been told that there is nothing to do, and has got no
 * event since, there is nothing to do: else a wake-up is lost. In between dom0 goes mad, and writes
 * anything to the control page; when it has gone, the next client must be served as if nothing had
 * been.
 *
 * FUZZ_SEED chooses another run, FUZZ_RUNS is the number of steps.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/xen/channel.h"
#include "drivers/xen/evtchn.h"
#include "drivers/xen/gnttab.h"
#include "tests/host/lib/random.h"
#include "tests/host/xen/fake_os.h"
#include "tests/host/xen/fake_store.h"
#include "tests/host/xen/fake_vchan.h"
#include "tests/host/xen/fake_xen.h"

#define PORT  3u /* the first that the fake Xen gives */
#define PIECE 20000u

static struct random dice;
static _Alignas(4096) uint8_t pages[CHANNEL_PAGES(13, 13) * PAGE_SIZE];
static struct channel channel;
static struct fake_vchan client;
static unsigned int events; /* to the guest */
static void (*store_on_send)(uint32_t port);

/* A stream of bytes that know their place, and who waits for it to move. */
struct stream {
    uint32_t key; /* another one each connection */
    uint32_t written, read;
    bool reader_waits, writer_waits; /* and has had no event since */
    uint32_t wanted;                 /* the room that the writer waits for */
};

static struct stream in, out; /* as the guest sees them */

bool xen_is_present(void)
{
    return true;
}

static void on_event(void)
{
    events++;
    in.reader_waits = false;
    out.writer_waits = false;
}

const struct evtchn_cfg cfg_evtchn[CFG_EVTCHN_COUNT] = {
    [EVTCHN_XENSTORE] = {.handler = xs_pump},
    [EVTCHN_LOW] = {.handler = on_event},
};

static void on_send(uint32_t port)
{
    if (port == PORT) {
        in.writer_waits = false;
        out.reader_waits = false;
    }
    store_on_send(port);
}

static uint32_t rnd(uint32_t limit)
{
    return random_below(&dice, limit);
}

/* Small ones and large ones alike. */
static uint32_t piece(void)
{
    return 1 + rnd(1u << rnd(15));
}

/* ---- streams ---- */

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

static void check_bytes(struct stream *stream, const uint8_t *bytes, uint32_t len)
{
    for (uint32_t i = 0; i < len; i++)
        assert_int_equal(bytes[i], byte_of(stream, stream->read + i));
    stream->read += len;
    assert_true(stream->read <= stream->written);
}

static void has_written(struct stream *stream, int len, uint32_t wanted)
{
    assert_in_range(len, 0, wanted);
    stream->written += (uint32_t)len;
    stream->writer_waits = (uint32_t)len < wanted;
    stream->wanted = 1;
}

static void has_read(struct stream *stream, const uint8_t *bytes, int len, uint32_t wanted)
{
    assert_in_range(len, 0, wanted);
    check_bytes(stream, bytes, (uint32_t)len);
    stream->reader_waits = len == 0;
}

/* What a lost wake-up would leave. */
static void check_waits(const struct stream *stream, uint32_t size)
{
    uint32_t used = stream->written - stream->read;

    assert_true(used <= size);
    if (stream->reader_waits)
        assert_int_equal(used, 0);
    if (stream->writer_waits)
        assert_true(size - used < stream->wanted);
}

/* ---- what either side does ---- */

static void guest_reads(void)
{
    static uint8_t bytes[PIECE];
    uint32_t len = piece();
    bool whole = rnd(4) == 0;
    int got = whole ? channel_recv(&channel, bytes, len) : channel_read(&channel, bytes, len);

    if (got == -EMSGSIZE) {
        assert_true(whole && len > channel.in.size);
        return;
    }
    if (whole) {
        assert_true(got == 0 || got == (int)len);
        check_bytes(&in, bytes, (uint32_t)got);
        return;
    }
    has_read(&in, bytes, got, len);
}

static void guest_writes(void)
{
    uint32_t len = piece();
    bool whole = rnd(4) == 0;
    const uint8_t *bytes = next_bytes(&out, len);
    int done = whole ? channel_send(&channel, bytes, len) : channel_write(&channel, bytes, len);

    if (done == -EMSGSIZE) {
        assert_true(whole && len > channel.out.size);
        return;
    }
    assert_true(!whole || done == 0 || done == (int)len);
    has_written(&out, done, len);
    if (whole)
        out.wanted = len;
}

static void client_reads(void)
{
    static uint8_t bytes[PIECE];
    uint32_t len = piece();

    has_read(&out, bytes, fake_vchan_read(&client, bytes, len), len);
}

static void client_writes(void)
{
    uint32_t len = piece();

    has_written(&in, fake_vchan_write(&client, next_bytes(&in, len), len), len);
}

/* ---- connections ---- */

static void connect_client(void)
{
    in = (struct stream){.key = (uint32_t)random_bits(&dice)};
    out = (struct stream){.key = (uint32_t)random_bits(&dice)};
    fake_vchan_come(&client, pages, PORT);
    assert_int_equal(channel_accept(&channel), 0);
}

/* It goes, and what it has written can still be read, or is not wanted. */
static void disconnect_client(void)
{
    unsigned int before = events;

    fake_vchan_go(&client);
    assert_true(events > before);
    if (rnd(2) == 0) {
        static uint8_t bytes[PIECE];
        int len;

        while ((len = channel_read(&channel, bytes, piece())) > 0)
            check_bytes(&in, bytes, (uint32_t)len);
        assert_int_equal(len, -ENOTCONN);
        assert_int_equal(in.read, in.written);
    } else if (rnd(2) == 0) {
        assert_int_equal(channel_write(&channel, pages, 1), -ENOTCONN);
    }
    (void)channel_close(&channel);
    assert_int_equal(channel_accept(&channel), -EAGAIN);
}

static void step(void)
{
    switch (rnd(4)) {
    case 0:
        guest_reads();
        break;
    case 1:
        guest_writes();
        break;
    case 2:
        client_reads();
        break;
    default:
        client_writes();
    }
    check_waits(&in, channel.in.size);
    check_waits(&out, channel.out.size);
}

/* ---- madness ---- */

static void mad_write(void)
{
    switch (rnd(4)) {
    case 0: /* an index, a little wrong or very */
        fake_vchan_set_word(&client, 4 * rnd(4), (uint32_t)random_value(&dice));
        break;
    case 1: /* comes, goes, is something else */
        pages[VCHAN_CLI_LIVE] = (uint8_t)rnd(5);
        break;
    case 2:
        pages[rnd(32)] = (uint8_t)random_bits(&dice);
        break;
    default:
        fake_xen_event(PORT);
    }
}

static void sane_use_of_what_is_mad(void)
{
    static uint8_t bytes[PIECE];
    uint32_t len = piece();
    int done = 0;

    switch (rnd(6)) {
    case 0:
        done = channel_read(&channel, bytes, len);
        break;
    case 1:
        done = channel_write(&channel, bytes, len);
        break;
    case 2:
        done = channel_recv(&channel, bytes, len);
        break;
    case 3:
        done = channel_send(&channel, bytes, len);
        break;
    case 4:
        (void)channel_accept(&channel);
        break;
    default:
        if (rnd(8) == 0)
            (void)channel_close(&channel);
    }
    assert_true(done <= (int)len);
}

static void madness(void)
{
    for (uint32_t i = rnd(200); i != 0; i--) {
        mad_write();
        sane_use_of_what_is_mad();
    }
    /* dom0's Linux says that it has gone, and the application goes through what is left. */
    fake_vchan_go(&client);
    for (unsigned int i = 0; channel_accept(&channel) != -EAGAIN; i++) {
        assert_true(i < 3);
        (void)channel_close(&channel);
    }
}

/* ---- lives ---- */

static unsigned int order(unsigned int not )
{
    unsigned int one;

    do
        one = 10 + rnd(4);
    while (one == not &&one < 12);
    return one;
}

static void begin(void)
{
    fake_os_reset();
    fake_xen_reset();
    fake_store_reset(0);
    evtchn_init(&fake_xen.xen);
    assert_int_equal(gnttab_init(&fake_xen.xen), 0);
    assert_int_equal(xs_init(), 0);
    store_on_send = fake_xen.on_send;
    fake_xen.on_send = on_send;
    fake_os.started = true;
    fake_os.run_task = true;

    memset(pages, 0, sizeof(pages));
    channel = (struct channel){.event = EVTCHN_LOW, .path = "data/0", .pages = pages};
    channel.in_order = (uint8_t)order(0);
    channel.out_order = (uint8_t)order(channel.in_order);
    client = (struct fake_vchan){.page = pages, .port = PORT};
    for (unsigned int i = 0; i < 2; i++) { /* each ring anywhere, the wrap of its indices near */
        uint32_t index = rnd(2) == 0 ? (uint32_t)random_bits(&dice) : 0u - rnd(10000);

        fake_vchan_set_word(&client, 8 * i, index);
        fake_vchan_set_word(&client, 8 * i + 4, index);
    }
    assert_int_equal(channel_serve(&channel), 0);
}

static void end(void)
{
    fake_os_advance_ms(1000);
    assert_false(xs_is_busy(&channel.req));
}

static void test_random_use(void **state)
{
    uint64_t steps = random_env("FUZZ_RUNS", 1000000);

    (void)state;
    dice = random_start("channel");
    begin();
    connect_client();
    for (uint64_t i = 0; i < steps; i++) {
        step();
        if (rnd(1000) == 0) {
            disconnect_client();
            if (rnd(3) == 0)
                madness();
            if (rnd(10) == 0) {
                end();
                begin();
            }
            connect_client();
        }
    }
    disconnect_client();
    end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_use),
    };

    return cmocka_run_group_tests_name("channel, random", tests, NULL, NULL);
}
