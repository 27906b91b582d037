/* SPDX-License-Identifier: Apache-2.0
 *
 * A channel that dom0 serves, by libxenvchan's rules (fake_vchan.c), in memory that the fake Xen
 * shows to the guest where it maps it: finding it, errors on the way, and letting it go.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/xen/channel.h"
#include "drivers/xen/evtchn.h"
#include "drivers/xen/gntmap.h"
#include "tests/host/xen/fake_os.h"
#include "tests/host/xen/fake_store.h"
#include "tests/host/xen/fake_vchan.h"
#include "tests/host/xen/fake_xen.h"

#define PATH        "data/dom0"
#define REF         1u /* of the control page; the rings' follow */
#define REMOTE_PORT 17u
#define PORT        3u /* the first that the fake Xen gives */
#define UNDER_WAY   1

static struct channel channel;
static struct fake_vchan server;
static unsigned int events; /* that our ISR got */
static int connected_with;
static bool present;
static uint8_t text[16384];
static uint8_t back[16384];
static void (*store_on_send)(uint32_t port);

bool xen_is_present(void)
{
    return present;
}

static void on_event(void)
{
    events++;
}

const struct evtchn_cfg cfg_evtchn[CFG_EVTCHN_COUNT] = {
    [EVTCHN_XENSTORE] = {.handler = xs_pump},
    [EVTCHN_HIGH] = {.handler = on_event},
};

static void on_send(uint32_t port)
{
    if (port == PORT)
        server.events++;
    store_on_send(port);
}

static void connected(struct channel *which, int error)
{
    assert_ptr_equal(which, &channel);
    assert_int_equal(connected_with, UNDER_WAY);
    connected_with = error;
}

static void write_key(const char *name, const char *value)
{
    char path[64];

    (void)snprintf(path, sizeof(path), PATH "/%s", name);
    fake_store_write(path, value, strlen(value));
}

static void serve(unsigned int left_order, unsigned int right_order)
{
    fake_vchan_serve(&server, fake_xen_foreign(REF), left_order, right_order, REF + 1);
    server.port = PORT;
    for (uint32_t ref = REF; ref < FAKE_FOREIGN_REFS; ref++)
        fake_xen.foreign[ref].lent = true;
    write_key("ring-ref", "1");
    write_key("event-channel", "17");
}

static int setup(void **state)
{
    (void)state;
    fake_os_reset();
    fake_xen_reset();
    fake_store_reset(0);
    for (unsigned int i = 0; i < sizeof(text); i++)
        text[i] = (uint8_t)(i * 31 + i / 256);
    events = 0;
    present = true;
    connected_with = UNDER_WAY;
    channel = (struct channel){.event = EVTCHN_HIGH, .path = PATH, .connected = connected};
    evtchn_init(&fake_xen.xen);
    if (gntmap_init(&fake_xen.xen) != 0 || xs_init() != 0)
        return -1;
    store_on_send = fake_xen.on_send;
    fake_xen.on_send = on_send;
    fake_os.started = true;
    fake_os.run_task = true;
    return 0;
}

/* xenstore's client outlives a test: nothing may be left in it. */
static int teardown(void **state)
{
    (void)state;
    fake_os_advance_ms(10000);
    assert_false(xs_is_busy(&channel.req));
    return 0;
}

static int try_to_connect(void)
{
    connected_with = UNDER_WAY;
    assert_int_equal(channel_connect(&channel), 0);
    return connected_with;
}

static void assert_nothing_is_held(void)
{
    assert_int_equal(gntmap_free_count(), CFG_GNTMAP_SLOTS);
    for (uint32_t port = PORT; port < fake_xen.next_port; port++)
        assert_false(fake_xen.open[port]);
    assert_int_equal(channel_read(&channel, back, 1), -ENOTCONN);
    assert_int_equal(channel_write(&channel, text, 1), -ENOTCONN);
}

/* ---- a connection ---- */

static void test_bytes_both_ways(void **state)
{
    static const uint8_t orders[][2] = {{10, 11}, {11, 10}, {10, 12}, {13, 11}, {13, 12}, {12, 13}};

    (void)state;
    for (unsigned int i = 0; i < sizeof(orders) / sizeof(orders[0]); i++) {
        unsigned int left = 1u << orders[i][0];
        unsigned int right = 1u << orders[i][1];

        teardown(NULL);
        setup(NULL);
        serve(orders[i][0], orders[i][1]);
        assert_int_equal(try_to_connect(), 0);
        assert_int_equal(fake_xen.remote_port[PORT], REMOTE_PORT);
        assert_true(fake_vchan_is_open(&server));
        assert_int_equal(server.page[VCHAN_CLI_LIVE], 1);
        assert_int_equal(server.events, 1);
        assert_int_equal(channel_write(&channel, text, sizeof(text)), left);
        assert_int_equal(fake_vchan_read(&server, back, sizeof(back)), left);
        assert_memory_equal(back, text, left);
        events = 0;
        assert_int_equal(fake_vchan_write(&server, text, sizeof(text)), right);
        assert_int_equal(events, 1);
        assert_int_equal(channel_read(&channel, back, sizeof(back)), right);
        assert_memory_equal(back, text, right);
        assert_int_equal(channel_close(&channel), 0);
        assert_false(fake_vchan_is_open(&server));
        assert_nothing_is_held();
    }
}

static void test_one_connection_after_another(void **state)
{
    (void)state;
    for (unsigned int i = 0; i < 5; i++) {
        serve(12, 12);
        server.port = fake_xen.next_port;
        fake_vchan_set_word(&server, VCHAN_LEFT_PROD, 0xfffffff0); /* wherever the rings stand */
        fake_vchan_set_word(&server, VCHAN_LEFT_CONS, 0xfffffff0);
        assert_int_equal(try_to_connect(), 0);
        assert_int_equal(channel_connect(&channel), -EBUSY);
        assert_int_equal(channel_accept(&channel), -EINVAL);
        assert_int_equal(channel_send(&channel, text, 100), 100);
        assert_int_equal(fake_vchan_read(&server, back, 100), 100);
        assert_memory_equal(back, text, 100);
        assert_int_equal(channel_close(&channel), 0);
        assert_int_equal(channel_close(&channel), 0);
        assert_nothing_is_held();
    }
}

static void test_server_goes(void **state)
{
    (void)state;
    serve(12, 12);
    assert_int_equal(try_to_connect(), 0);
    assert_int_equal(fake_vchan_write(&server, text, 100), 100);
    events = 0;
    fake_vchan_go(&server);
    assert_int_equal(events, 1);
    assert_int_equal(channel_write(&channel, text, 1), -ENOTCONN);
    assert_int_equal(channel_read(&channel, back, 60), 60);
    assert_int_equal(channel_read(&channel, back + 60, 60), 40);
    assert_memory_equal(back, text, 100);
    assert_int_equal(channel_read(&channel, back, 60), -ENOTCONN);
    assert_int_equal(channel_close(&channel), 0);
    assert_nothing_is_held();
}

/* ---- errors on the way ---- */

static void test_no_server(void **state)
{
    (void)state;
    assert_int_equal(try_to_connect(), -ENOENT);
    write_key("ring-ref", "1");
    assert_int_equal(try_to_connect(), -ENOENT);
    assert_nothing_is_held();
    present = false;
    assert_int_equal(channel_connect(&channel), -ENODEV);
    present = true;
    channel.path = "";
    assert_int_equal(channel_connect(&channel), -EINVAL);
}

static void test_store_that_does_not_answer(void **state)
{
    (void)state;
    serve(12, 12);
    fake_store.asleep = true;
    assert_int_equal(try_to_connect(), UNDER_WAY);
    assert_int_equal(channel_connect(&channel), -EBUSY);
    assert_int_equal(channel_close(&channel), -EBUSY);
    assert_int_equal(channel_read(&channel, back, 1), -ENOTCONN);
    fake_os_advance_ms(10000);
    assert_int_equal(connected_with, -ETIMEDOUT);
    assert_nothing_is_held();
}

static void test_keys_that_are_no_numbers(void **state)
{
    static const char *const values[] = {
        "", "0", "-1", "4294967296", "x", "1x", "99999999999999999999999999"};

    (void)state;
    serve(12, 12);
    for (unsigned int i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
        bool is_long = strlen(values[i]) > 20;

        write_key("ring-ref", values[i]);
        assert_int_equal(try_to_connect(), is_long ? -EOVERFLOW : -EPROTO);
        write_key("ring-ref", "1");
        write_key("event-channel", values[i]);
        assert_int_equal(try_to_connect(), is_long ? -EOVERFLOW : -EPROTO);
        write_key("event-channel", "17");
        assert_nothing_is_held();
    }
    assert_int_equal(try_to_connect(), 0);
    (void)channel_close(&channel);
}

static void test_page_that_is_none_of_libvchans(void **state)
{
    static const uint32_t orders[] = {0,
                                      0xffffffff,
                                      10 | 10 << 16,
                                      11 | 11 << 16,
                                      9 | 12 << 16,
                                      12 | 19 << 16,
                                      32 | 12 << 16,
                                      12 | 0xffu << 16};

    (void)state;
    serve(12, 12);
    for (unsigned int i = 0; i < sizeof(orders) / sizeof(orders[0]); i++) {
        fake_vchan_set_word(&server, VCHAN_LEFT_ORDER, orders[i]);
        assert_int_equal(try_to_connect(), -EPROTO);
        assert_nothing_is_held();
    }
    fake_vchan_set_word(&server, VCHAN_LEFT_ORDER, 14 | 13 << 16); /* more than there are slots */
    assert_int_equal(try_to_connect(), -ENOMEM);
    assert_nothing_is_held();
}

static void test_each_hypercall_that_fails(void **state)
{
    (void)state;
    serve(12, 12);
    for (unsigned int call = 0; call < 3; call++) {
        fake_xen.fail_status = GNTST_permission_denied; /* E5 */
        fake_xen.fail_after = call;
        assert_int_equal(try_to_connect(), -EPERM);
        fake_xen.fail_status = 0;
        assert_nothing_is_held();
    }
    fake_xen.fail_alloc = -EINVAL;
    assert_int_equal(try_to_connect(), -EINVAL);
    fake_xen.fail_alloc = 0;
    assert_nothing_is_held();
    channel.event = EVTCHN_UNUSED;
    assert_int_equal(try_to_connect(), -ENOENT);
    assert_nothing_is_held();
}

/* ---- a hostile server ---- */

static void test_indices_that_cannot_be(void **state)
{
    static const size_t theirs[] = {VCHAN_RIGHT_PROD, VCHAN_LEFT_CONS};

    (void)state;
    for (unsigned int i = 0; i < 4; i++) {
        serve(12, 12);
        if (i >= 2) /* from the beginning */
            fake_vchan_set_word(&server, theirs[i % 2], 4097);
        assert_int_equal(try_to_connect(), 0);
        fake_vchan_set_word(&server, theirs[i % 2], 4097);
        assert_int_equal(i % 2 == 0 ? channel_read(&channel, back, sizeof(back))
                                    : channel_write(&channel, text, sizeof(text)),
                         -ENOTCONN);
        assert_nothing_is_held();
        memset(fake_xen_foreign(REF), 0, 4096);
    }
    assert_int_equal(fake_os_printed("an index that cannot be"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_bytes_both_ways, setup, teardown),
        cmocka_unit_test_setup_teardown(test_one_connection_after_another, setup, teardown),
        cmocka_unit_test_setup_teardown(test_server_goes, setup, teardown),
        cmocka_unit_test_setup_teardown(test_no_server, setup, teardown),
        cmocka_unit_test_setup_teardown(test_store_that_does_not_answer, setup, teardown),
        cmocka_unit_test_setup_teardown(test_keys_that_are_no_numbers, setup, teardown),
        cmocka_unit_test_setup_teardown(test_page_that_is_none_of_libvchans, setup, teardown),
        cmocka_unit_test_setup_teardown(test_each_hypercall_that_fails, setup, teardown),
        cmocka_unit_test_setup_teardown(test_indices_that_cannot_be, setup, teardown),
    };

    return cmocka_run_group_tests_name("channel, client", tests, NULL, NULL);
}
