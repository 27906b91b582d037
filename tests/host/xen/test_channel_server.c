/* SPDX-License-Identifier: Apache-2.0
 *
 * A channel that the guest serves, against libxenvchan's rules in dom0 (fake_vchan.c): what dom0
 * finds in page, grant table and store, clients that come and go, events, and hostile ones.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/xen/channel.h"
#include "drivers/xen/evtchn.h"
#include "drivers/xen/gnttab.h"
#include "tests/host/xen/fake_os.h"
#include "tests/host/xen/fake_store.h"
#include "tests/host/xen/fake_vchan.h"
#include "tests/host/xen/fake_xen.h"

#define PATH "data/vchan/0"
#define PORT 3u /* the first that the fake Xen gives */
#define REFS (2u * 512u - 8u)

static _Alignas(4096) uint8_t pages[CHANNEL_PAGES(13, 12) * PAGE_SIZE];
static struct channel channel;
static struct fake_vchan client;
static unsigned int events; /* that our ISR got */
static bool present;
static uint8_t text[16384];
static uint8_t back[16384];

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
    [EVTCHN_LOW] = {.handler = on_event},
};

static void (*store_on_send)(uint32_t port);

static void on_send(uint32_t port)
{
    if (port == PORT)
        client.events++;
    store_on_send(port);
}

static void serve(unsigned int in_order, unsigned int out_order)
{
    channel = (struct channel){.event = EVTCHN_LOW,
                               .path = PATH,
                               .pages = pages,
                               .in_order = (uint8_t)in_order,
                               .out_order = (uint8_t)out_order};
    assert_int_equal(channel_serve(&channel), 0);
    client = (struct fake_vchan){.page = pages, .port = PORT};
}

static int setup(void **state)
{
    (void)state;
    fake_os_reset();
    fake_xen_reset();
    fake_store_reset(0);
    memset(pages, 0, sizeof(pages));
    for (unsigned int i = 0; i < sizeof(text); i++)
        text[i] = (uint8_t)(i * 31 + i / 256);
    events = 0;
    present = true;
    evtchn_init(&fake_xen.xen);
    if (gnttab_init(&fake_xen.xen) != 0 || xs_init() != 0)
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
    fake_os_advance_ms(1000);
    assert_false(xs_is_busy(&channel.req));
    return 0;
}

static void come(void)
{
    fake_vchan_come(&client, pages, PORT);
}

static void accept_client(void)
{
    come();
    assert_int_equal(channel_accept(&channel), 0);
}

/* ---- what dom0 finds ---- */

static unsigned int key(const char *path)
{
    const char *value = fake_store_value(path);
    unsigned int number = 0;

    assert_non_null(value);
    assert_int_equal(sscanf(value, "%u", &number), 1);
    return number;
}

static void assert_lent(uint32_t ref, const uint8_t *page)
{
    const struct grant_entry_v1 *entry = &fake_xen_grants()[ref];

    assert_int_equal(entry->flags, GTF_permit_access);
    assert_int_equal(entry->domid, 0);
    assert_int_equal(entry->frame, mem_ipa(page) / PAGE_SIZE); /* G3 */
}

static void test_what_dom0_finds(void **state)
{
    (void)state;
    serve(13, 12);
    assert_int_equal(key(PATH "/event-channel"), PORT);
    assert_lent(key(PATH "/ring-ref"), pages);
    for (unsigned int i = 0; i < 3; i++)
        assert_lent(fake_vchan_word(&client, VCHAN_GRANTS + 4 * i), pages + (i + 1) * PAGE_SIZE);
    assert_int_equal(fake_vchan_word(&client, VCHAN_LEFT_ORDER), 13 | 12 << 16);
    assert_int_equal(pages[VCHAN_CLI_LIVE], 2);
    assert_int_equal(pages[VCHAN_SRV_LIVE], 1);
    assert_int_equal(pages[VCHAN_CLI_NOTIFY], 1);
    assert_int_equal(gnttab_free_count(), REFS - 4);
    assert_int_equal(fake_store.mistakes, 0);
}

static void test_orders(void **state)
{
    static const uint8_t good[][2] = {{10, 11}, {11, 10}, {10, 12}, {12, 11}, {12, 12}, {13, 10}};
    static const uint8_t bad[][2] = {{10, 10}, {11, 11}, {9, 12}, {12, 19}, {0, 0}};

    (void)state;
    for (unsigned int i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        teardown(NULL);
        setup(NULL);
        serve(good[i][0], good[i][1]);
        accept_client();
        memset(back, 0, sizeof(back));
        assert_int_equal(fake_vchan_write(&client, text, 1000), 1000);
        assert_int_equal(channel_read(&channel, back, sizeof(back)), 1000);
        assert_memory_equal(back, text, 1000);
        assert_int_equal(channel_write(&channel, text, sizeof(text)), 1 << good[i][1]);
        assert_int_equal(fake_vchan_read(&client, back, sizeof(back)), 1 << good[i][1]);
        assert_memory_equal(back, text, (size_t)1 << good[i][1]);
        assert_int_equal(fake_vchan_word(&client, VCHAN_LEFT_ORDER),
                         good[i][0] | good[i][1] << 16); /* no ring lies on it */
    }
    for (unsigned int i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        channel = (struct channel){.event = EVTCHN_LOW,
                                   .path = PATH,
                                   .pages = pages,
                                   .in_order = bad[i][0],
                                   .out_order = bad[i][1]};
        assert_int_equal(channel_serve(&channel), -EINVAL);
    }
}

static void test_serve_refuses(void **state)
{
    static char path[CHANNEL_PATH_MAX + 2];
    const struct channel good = {
        .event = EVTCHN_LOW, .path = PATH, .pages = pages, .in_order = 12, .out_order = 12};

    (void)state;
    memset(path, 'p', sizeof(path) - 1);
    channel = good;
    channel.pages = pages + 1;
    assert_int_equal(channel_serve(&channel), -EINVAL);
    channel.pages = NULL;
    assert_int_equal(channel_serve(&channel), -EINVAL);
    channel = good;
    channel.path = "";
    assert_int_equal(channel_serve(&channel), -EINVAL);
    channel.path = path;
    assert_int_equal(channel_serve(&channel), -EINVAL);
    channel = good;
    channel.event = EVTCHN_UNUSED;
    assert_int_equal(channel_serve(&channel), -ENOENT);
    channel = good;
    present = false;
    assert_int_equal(channel_serve(&channel), -ENODEV);
    present = true;
    fake_xen.fail_alloc = -ENOSPC;
    assert_int_equal(channel_serve(&channel), -ENOSPC);
    fake_xen.fail_alloc = 0;
    assert_int_equal(channel_accept(&channel), -EAGAIN);
    assert_int_equal(channel_read(&channel, back, 1), -ENOTCONN);
    assert_int_equal(gnttab_free_count(), REFS); /* all was given back */
    path[CHANNEL_PATH_MAX] = 0;
    channel.path = path;
    assert_int_equal(channel_serve(&channel), 0);
    assert_int_equal(channel_serve(&channel), -EBUSY);
}

static void test_no_grants_left(void **state)
{
    (void)state;
    for (unsigned int left = 0; left < 3; left++) {
        teardown(NULL);
        setup(NULL);
        while (gnttab_free_count() > left)
            (void)gnttab_grant(0, pages, false);
        channel = (struct channel){
            .event = EVTCHN_LOW, .path = PATH, .pages = pages, .in_order = 12, .out_order = 12};
        assert_int_equal(channel_serve(&channel), -ENOSPC);
        assert_int_equal(gnttab_free_count(), left);
    }
}

static void test_store_that_refuses_is_told(void **state)
{
    (void)state;
    fake_store.asleep = true;
    serve(12, 12);
    fake_os_advance_ms(61000);
    assert_int_equal(fake_os_printed("channel: cannot write " PATH "/ring-ref"), 1);
}

/* ---- a connection ---- */

static void test_nobody_is_there(void **state)
{
    (void)state;
    serve(12, 12);
    assert_int_equal(channel_accept(&channel), -EAGAIN);
    assert_int_equal(channel_read(&channel, back, 1), -ENOTCONN);
    assert_int_equal(channel_write(&channel, text, 1), -ENOTCONN);
    assert_int_equal(channel_close(&channel), 0);
    assert_int_equal(client.events, 0);
    assert_int_equal(pages[VCHAN_SRV_LIVE], 1);
}

static void test_bytes_both_ways(void **state)
{
    (void)state;
    serve(12, 12);
    come();
    assert_int_equal(events, 1);
    assert_int_equal(channel_accept(&channel), 0);
    assert_int_equal(channel_accept(&channel), -EISCONN);
    assert_int_equal(channel_read(&channel, back, sizeof(back)), 0);
    assert_int_equal(fake_vchan_write(&client, text, 5), 5);
    assert_int_equal(events, 2);
    assert_int_equal(channel_read(&channel, back, 3), 3);
    assert_int_equal(channel_read(&channel, back + 3, sizeof(back)), 2);
    assert_memory_equal(back, text, 5);
    assert_int_equal(channel_write(&channel, text, 0), 0);
    assert_int_equal(channel_write(&channel, text, 7), 7);
    assert_int_equal(client.events, 1);
    assert_int_equal(fake_vchan_read(&client, back, sizeof(back)), 7);
    assert_memory_equal(back, text, 7);
}

static void test_first_bytes_are_told_whoever_was_faster(void **state)
{
    (void)state;
    serve(12, 12);
    come();
    pages[VCHAN_SRV_NOTIFY] = 0; /* the client has not got so far as to ask */
    assert_int_equal(channel_accept(&channel), 0);
    assert_int_equal(channel_write(&channel, text, 7), 7);
    assert_int_equal(client.events, 1);
}

static void test_events_only_when_asked_for(void **state)
{
    (void)state;
    serve(12, 12);
    accept_client();
    assert_int_equal(channel_write(&channel, text, 1), 1);
    assert_int_equal(channel_write(&channel, text, 1), 1);
    assert_int_equal(client.events, 1);
    assert_int_equal(fake_vchan_read(&client, back, 10), 2); /* and asks for more */
    assert_int_equal(channel_write(&channel, text, 1), 1);
    assert_int_equal(client.events, 2);

    events = 0;
    assert_int_equal(fake_vchan_write(&client, text, 4096), 4096);
    assert_int_equal(events, 1);
    assert_int_equal(channel_read(&channel, back, 96), 96); /* nobody waits for room */
    assert_int_equal(client.events, 2);
    assert_int_equal(fake_vchan_write(&client, text, 97), 96); /* now it does */
    assert_int_equal(channel_read(&channel, back, 1), 1);
    assert_int_equal(client.events, 3);
    assert_int_equal(channel_read(&channel, back, 1), 1);
    assert_int_equal(client.events, 3);
    assert_int_equal(events, 1);
}

static void test_full_ring(void **state)
{
    (void)state;
    serve(12, 12);
    accept_client();
    assert_int_equal(channel_write(&channel, text, 5000), 4096);
    assert_int_equal(channel_write(&channel, text, 1), 0);
    events = 0;
    assert_int_equal(fake_vchan_read(&client, back, 10), 10);
    assert_int_equal(events, 1);
    assert_int_equal(channel_write(&channel, text + 4096, 904), 10);
    assert_int_equal(fake_vchan_read(&client, back, sizeof(back)), 4096);
    assert_memory_equal(back, text + 10, 4096);
}

static void test_messages(void **state)
{
    (void)state;
    serve(12, 12);
    accept_client();
    assert_int_equal(channel_send(&channel, text, 4097), -EMSGSIZE);
    assert_int_equal(channel_recv(&channel, back, 4097), -EMSGSIZE);
    assert_int_equal(channel_send(&channel, text, 4000), 4000);
    assert_int_equal(channel_send(&channel, text, 97), 0); /* all or nothing */
    assert_int_equal(fake_vchan_read(&client, back, 1), 1);
    events = 0;
    assert_int_equal(channel_send(&channel, text, 97), 97);

    assert_int_equal(fake_vchan_write(&client, text, 9), 9);
    assert_int_equal(channel_recv(&channel, back, 10), 0);
    events = 0;
    assert_int_equal(fake_vchan_write(&client, text + 9, 1), 1);
    assert_int_equal(events, 1);
    assert_int_equal(channel_recv(&channel, back, 10), 10);
    assert_memory_equal(back, text, 10);
}

/* ---- clients come and go ---- */

static void test_last_bytes_can_be_read(void **state)
{
    (void)state;
    serve(12, 12);
    accept_client();
    assert_int_equal(fake_vchan_write(&client, text, 10), 10);
    events = 0;
    fake_vchan_go(&client);
    assert_int_equal(events, 1);
    assert_int_equal(channel_write(&channel, text, 1), -ENOTCONN);
    assert_int_equal(channel_accept(&channel), -EISCONN);
    assert_int_equal(channel_read(&channel, back, 6), 6);
    assert_int_equal(channel_read(&channel, back + 6, 6), 4);
    assert_memory_equal(back, text, 10);
    assert_int_equal(channel_read(&channel, back, 6), -ENOTCONN);
    assert_int_equal(channel_accept(&channel), -EAGAIN);
}

static void test_half_a_message_is_dropped(void **state)
{
    (void)state;
    serve(12, 12);
    accept_client();
    assert_int_equal(fake_vchan_write(&client, text, 10), 10);
    fake_vchan_go(&client);
    assert_int_equal(channel_recv(&channel, back, 8), 8);
    assert_int_equal(channel_recv(&channel, back, 8), -ENOTCONN);
    accept_client();
    assert_int_equal(channel_read(&channel, back, 8), 0);
}

static void test_next_client_sees_nothing_of_the_last(void **state)
{
    (void)state;
    serve(12, 12);
    for (unsigned int i = 0; i < 10; i++) {
        accept_client();
        assert_int_equal(fake_vchan_read(&client, back, 1), 0);
        assert_int_equal(channel_read(&channel, back, 1), 0);
        assert_int_equal(fake_vchan_write(&client, text, 1000), 1000);
        assert_int_equal(channel_write(&channel, text, 700), 700);
        assert_int_equal(fake_vchan_read(&client, back, 300), 300);
        assert_int_equal(channel_read(&channel, back, 1 + i), 1 + i);
        fake_vchan_go(&client);
        if (i % 2 == 0)
            assert_int_equal(channel_read(&channel, back, 1000), 999 - i);
        else
            (void)channel_close(&channel);
        assert_int_equal(channel_read(&channel, back, 1), -ENOTCONN);
    }
}

/* The next one is there while the last one's bytes are still being read, and its event is over. */
static void test_client_that_waits_is_told_of(void **state)
{
    (void)state;
    serve(12, 12);
    accept_client();
    assert_int_equal(fake_vchan_write(&client, text, 4096), 4096);
    fake_vchan_go(&client);
    assert_int_equal(channel_read(&channel, back, 1), 1);
    come();
    assert_int_equal(fake_vchan_write(&client, text + 1, 2), 1);
    assert_int_equal(channel_read(&channel, back, 4000), 4000);
    assert_int_equal(client.events, 1); /* room */
    assert_int_equal(channel_read(&channel, back, 4000), 95);
    events = 0;
    assert_int_equal(channel_read(&channel, back, 4000), -ENOTCONN);
    assert_int_equal(events, 1);
    assert_int_equal(channel_accept(&channel), 0);
    assert_int_equal(channel_read(&channel, back, 4000), 1);
    assert_int_equal(back[0], text[1]);
}

static void test_client_that_has_gone_again_is_read(void **state)
{
    (void)state;
    serve(12, 12);
    come();
    assert_int_equal(fake_vchan_write(&client, text, 10), 10);
    fake_vchan_go(&client);
    assert_int_equal(channel_accept(&channel), 0);
    assert_int_equal(channel_read(&channel, back, 100), 10);
    assert_int_equal(channel_read(&channel, back, 100), -ENOTCONN);
    come();
    fake_vchan_go(&client);
    assert_int_equal(channel_accept(&channel), -EAGAIN);
}

static void test_too_fast_a_change_of_clients_is_seen(void **state)
{
    (void)state;
    serve(12, 12);
    accept_client();
    assert_int_equal(channel_write(&channel, text, 10), 10);
    fake_vchan_go(&client);
    come(); /* nobody has looked in between: it could read the first one's bytes */
    assert_int_equal(channel_read(&channel, back, 1), -ENOTCONN);
    assert_false(fake_vchan_is_open(&client));
    assert_true(client.events > 0);
    assert_int_equal(channel_accept(&channel), -EAGAIN);

    fake_vchan_go(&client);
    come(); /* another one, to a closed server */
    client.events = 0;
    assert_int_equal(channel_accept(&channel), -EAGAIN);
    assert_true(client.events > 0);

    fake_vchan_go(&client);
    assert_int_equal(channel_accept(&channel), -EAGAIN);
    come();
    assert_true(fake_vchan_is_open(&client));
    assert_int_equal(channel_accept(&channel), 0);
    assert_int_equal(fake_vchan_read(&client, back, 10), 0);
}

static void test_close(void **state)
{
    (void)state;
    serve(12, 12);
    accept_client();
    assert_int_equal(channel_close(&channel), 0);
    assert_false(fake_vchan_is_open(&client));
    assert_int_equal(client.events, 1);
    assert_int_equal(channel_write(&channel, text, 1), -ENOTCONN);
    assert_int_equal(channel_close(&channel), 0);
    fake_vchan_go(&client);
    assert_int_equal(channel_accept(&channel), -EAGAIN);
    accept_client();
    assert_true(fake_vchan_is_open(&client));
}

/* ---- hostile ones ---- */

static void test_indices_that_cannot_be(void **state)
{
    static const size_t theirs[] = {VCHAN_LEFT_PROD, VCHAN_RIGHT_CONS};
    /* Against what it should be, of an empty ring: too far ahead, and behind. */
    static const uint32_t wrong[] = {4097, 0x7fffffff, 0x80000000, (uint32_t)-4097};

    (void)state;
    serve(12, 12);
    for (unsigned int i = 0; i < 8; i++) {
        size_t at = theirs[i / 4];

        accept_client();
        fake_vchan_set_word(&client, at, fake_vchan_word(&client, at) + wrong[i % 4]);
        if (at == VCHAN_LEFT_PROD)
            assert_int_equal(channel_read(&channel, back, sizeof(back)), -ENOTCONN);
        else
            assert_int_equal(channel_write(&channel, text, sizeof(text)), -ENOTCONN);
        assert_false(fake_vchan_is_open(&client));
        fake_vchan_go(&client);
        assert_int_equal(channel_accept(&channel), -EAGAIN);
    }
    assert_int_equal(fake_os_printed("an index that cannot be"), 1); /* no flood of the log */
    accept_client();
    assert_int_equal(fake_vchan_write(&client, text, 10), 10);
    assert_int_equal(channel_read(&channel, back, 10), 10);
}

static void test_index_that_cannot_be_at_the_end(void **state)
{
    (void)state;
    serve(12, 12);
    accept_client();
    fake_vchan_set_word(&client, VCHAN_LEFT_PROD, 5000);
    fake_vchan_go(&client);
    assert_int_equal(channel_read(&channel, back, sizeof(back)), -ENOTCONN);
    accept_client();
    assert_int_equal(fake_vchan_write(&client, text, 4096), 4096);
    assert_int_equal(channel_read(&channel, back, sizeof(back)), 4096);
    assert_memory_equal(back, text, 4096);
}

/* What belongs to us is not believed from the page. */
static void test_own_words_are_not_read(void **state)
{
    (void)state;
    serve(12, 12);
    accept_client();
    assert_int_equal(fake_vchan_write(&client, text, 10), 10);
    fake_vchan_set_word(&client, VCHAN_LEFT_CONS, 0x12345678);
    fake_vchan_set_word(&client, VCHAN_RIGHT_PROD, 0x12345678);
    fake_vchan_set_word(&client, VCHAN_LEFT_ORDER, 0xffffffff);
    memset(pages + VCHAN_GRANTS, 0xff, 100);
    assert_int_equal(channel_read(&channel, back, 100), 10);
    assert_memory_equal(back, text, 10);
    assert_int_equal(channel_write(&channel, text, 100), 100);
    assert_int_equal(fake_vchan_word(&client, VCHAN_LEFT_CONS), 10);
    assert_int_equal(fake_vchan_word(&client, VCHAN_RIGHT_PROD), 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_what_dom0_finds, setup, teardown),
        cmocka_unit_test_setup_teardown(test_orders, setup, teardown),
        cmocka_unit_test_setup_teardown(test_serve_refuses, setup, teardown),
        cmocka_unit_test_setup_teardown(test_no_grants_left, setup, teardown),
        cmocka_unit_test_setup_teardown(test_store_that_refuses_is_told, setup, teardown),
        cmocka_unit_test_setup_teardown(test_nobody_is_there, setup, teardown),
        cmocka_unit_test_setup_teardown(test_bytes_both_ways, setup, teardown),
        cmocka_unit_test_setup_teardown(test_first_bytes_are_told_whoever_was_faster, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_events_only_when_asked_for, setup, teardown),
        cmocka_unit_test_setup_teardown(test_full_ring, setup, teardown),
        cmocka_unit_test_setup_teardown(test_messages, setup, teardown),
        cmocka_unit_test_setup_teardown(test_last_bytes_can_be_read, setup, teardown),
        cmocka_unit_test_setup_teardown(test_half_a_message_is_dropped, setup, teardown),
        cmocka_unit_test_setup_teardown(test_next_client_sees_nothing_of_the_last, setup, teardown),
        cmocka_unit_test_setup_teardown(test_client_that_waits_is_told_of, setup, teardown),
        cmocka_unit_test_setup_teardown(test_client_that_has_gone_again_is_read, setup, teardown),
        cmocka_unit_test_setup_teardown(test_too_fast_a_change_of_clients_is_seen, setup, teardown),
        cmocka_unit_test_setup_teardown(test_close, setup, teardown),
        cmocka_unit_test_setup_teardown(test_indices_that_cannot_be, setup, teardown),
        cmocka_unit_test_setup_teardown(test_index_that_cannot_be_at_the_end, setup, teardown),
        cmocka_unit_test_setup_teardown(test_own_words_are_not_read, setup, teardown),
    };

    return cmocka_run_group_tests_name("channel, server", tests, NULL, NULL);
}
