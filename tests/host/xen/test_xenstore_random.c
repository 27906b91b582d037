/* SPDX-License-Identifier: Apache-2.0
 *
 * The xenstore client against a daemon that does anything the protocol allows, and much that it
 * does not: replies out of order, late, twice, never, of the wrong type, in pieces of any size,
 * with watch events in between, and now and then a broken ring, after which the daemon can connect
 * anew or cannot. After each step: each request ends
 * exactly once, with the answer that the daemon gave to that very request, and nobody's buffer is
 * touched outside its request.
 *
 * FUZZ_SEED chooses another run, FUZZ_RUNS is the number of steps.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/xen/evtchn.h"
#include "drivers/xen/xenstore.h"
#include "tests/host/lib/random.h"
#include "tests/host/xen/fake_os.h"
#include "tests/host/xen/fake_store.h"
#include "tests/host/xen/fake_xen.h"

#define REQUESTS  12
#define HELD      64
#define BUF       600
#define UNTOUCHED '#'

static void ignore(void)
{
}

const struct evtchn_cfg cfg_evtchn[CFG_EVTCHN_COUNT] = {
    [EVTCHN_CONSOLE] = {.handler = ignore},
    [EVTCHN_XENSTORE] = {.handler = xs_pump},
};

static struct random dice;

static uint32_t rnd(uint32_t limit)
{
    return random_below(&dice, limit);
}

/* A request, as the test knows it. */
static struct {
    struct xs_request req;
    char buf[BUF + 1];
    size_t size;
    char value[XS_PAYLOAD_MAX];
    char path[32];
    bool busy;
    bool answered; /* the daemon has sent its answer, once at least, completely */
    struct fake_message answer;
} mine[REQUESTS];

/* Answers that the daemon has not sent yet. */
static struct fake_message held[HELD];
static unsigned int held_count;

static struct xs_watch watch;
static bool watch_set;
static unsigned int dones;
static unsigned int timed_out;
static unsigned int deaths;
static unsigned int broken; /* rings, in this life */

static size_t index_of(const struct xs_request *req)
{
    for (size_t i = 0; i < REQUESTS; i++) {
        if (&mine[i].req == req)
            return i;
    }
    fail_msg("done() of a stranger");
    return 0;
}

static void expect_untouched(size_t i, size_t from)
{
    for (size_t at = from; at <= BUF; at++)
        assert_int_equal(mine[i].buf[at], UNTOUCHED);
}

static int errno_of(const char *name)
{
    if (strcmp(name, "ENOENT") == 0)
        return -ENOENT;
    return strcmp(name, "EAGAIN") == 0 ? -EAGAIN : -ENOSPC;
}

/* All nodes are the guest's own. */
static void expect_perms(size_t i)
{
    const struct xs_perm *perms = (const struct xs_perm *)mine[i].buf;

    assert_int_equal(mine[i].req.status, 0);
    assert_int_equal(mine[i].req.len, 1);
    assert_int_equal(perms[0].mode, XS_PERM_NONE);
    assert_int_equal(perms[0].domid, FAKE_STORE_DOMID);
    expect_untouched(i, sizeof(perms[0]));
}

static void expect_answer(size_t i)
{
    const struct xs_request *req = &mine[i].req;
    const struct fake_message *answer = &mine[i].answer;
    bool query = req->type == XS_READ || req->type == XS_DIRECTORY;

    assert_true(mine[i].answered);
    if (req->type == XS_GET_PERMS && answer->head.type != XS_ERROR) {
        expect_perms(i);
        return;
    }
    if (answer->head.type == XS_ERROR && req->type == XS_UNWATCH) {
        assert_int_equal(req->status, 0); /* gone is gone */
        return;
    }
    if (answer->head.type == XS_ERROR) {
        assert_int_equal(req->status, errno_of(answer->payload));
        return;
    }
    assert_int_equal(req->len, query ? answer->head.len : 0);
    if (!query) {
        assert_int_equal(req->status, 0);
        return;
    }
    assert_int_equal(req->status, answer->head.len < mine[i].size ? 0 : -EOVERFLOW);
    if (req->status == 0) {
        assert_memory_equal(mine[i].buf, answer->payload, answer->head.len);
        assert_int_equal(mine[i].buf[answer->head.len], 0);
        expect_untouched(i, answer->head.len + 1);
    } else {
        assert_memory_equal(mine[i].buf, answer->payload, mine[i].size - 1);
        assert_int_equal(mine[i].buf[mine[i].size - 1], 0);
        expect_untouched(i, mine[i].size);
    }
}

static void done(struct xs_request *req)
{
    size_t i = index_of(req);

    assert_true(mine[i].busy); /* once, and only for what was started */
    mine[i].busy = false;
    dones++;
    if (req->status == -ETIMEDOUT)
        timed_out++;
    else if (req->status != -EIO)
        expect_answer(i);
    if (req->type == XS_WATCH)
        watch_set = req->status == 0;
    memset(mine[i].buf, UNTOUCHED, sizeof(mine[i].buf));
    memset(mine[i].value, '!', sizeof(mine[i].value)); /* ours again: must not be sent any more */
}

static void fired(struct xs_watch *which, const char *path)
{
    assert_ptr_equal(which, &watch);
    assert_true(strlen(path) <= XS_WATCH_PATH_MAX);
}

static void start_request(void)
{
    size_t i = rnd(REQUESTS);
    struct xs_request *req = &mine[i].req;
    int rc;

    if (mine[i].busy) {
        assert_int_equal(xs_rm(req, "data", done), -EBUSY);
        return;
    }
    mine[i].answered = false;
    mine[i].busy = true;
    mine[i].size = 1 + rnd(BUF);
    req->timeout_ms = rnd(3) == 0 ? 1 + rnd(50) : 0;
    snprintf(mine[i].path, sizeof(mine[i].path), "data/%u", rnd(10));
    switch (rnd(8)) {
    case 6:
        rc = xs_get_perms(req, mine[i].path, (struct xs_perm *)mine[i].buf, 2, done);
        break;
    case 7: /* which one ends what is left to chance; a half of all requests is in one */
        rc = req->tx == 0 ? xs_transaction_start(req, done) : xs_transaction_end(req, rnd(2), done);
        break;
    case 0:
        rc = xs_ls(req, rnd(2) ? "data" : mine[i].path, mine[i].buf, mine[i].size, done);
        break;
    case 1:
        rc = xs_rm(req, mine[i].path, done);
        break;
    case 2:
        rc = watch_set ? xs_unwatch(req, &watch, done) : xs_watch(req, &watch, done);
        if (rc == 0 && watch_set)
            watch_set = false;
        break;
    case 3:
    case 4: {
        size_t len = rnd(10) == 0 ? rnd(4000) : rnd(100);

        for (size_t at = 0; at < len; at++)
            mine[i].value[at] = (char)('a' + at % 26);
        rc = xs_write(req, mine[i].path, mine[i].value, len, done);
        break;
    }
    default:
        rc = xs_read(req, mine[i].path, mine[i].buf, mine[i].size, done);
    }
    if (rc != 0) {
        assert_int_equal(rc, -EBUSY); /* the one watch is being set or taken away */
        mine[i].busy = false;
    }
}

/* ---- the daemon ---- */

static void check_value(const struct fake_message *msg)
{
    const char *value = msg->payload + strlen(msg->payload) + 1;
    size_t len = msg->head.len - strlen(msg->payload) - 1;

    for (size_t at = 0; at < len; at++) /* NUL: the rest of one that had timed out */
        assert_true(value[at] == (char)('a' + at % 26) || (value[at] == 0 && len > 900));
}

static void take_requests(void)
{
    struct fake_message msg;

    while (held_count < HELD && rnd(4) != 0 && fake_store_take(&msg)) {
        struct fake_message *answer = &held[held_count];

        if (msg.head.type == XS_WRITE)
            check_value(&msg);
        fake_store_answer(&msg, answer);
        if (rnd(20) == 0)
            continue; /* never answered */
        held_count++;
    }
}

static void remember(const struct fake_message *answer)
{
    for (size_t i = 0; i < REQUESTS; i++) {
        if (mine[i].busy && mine[i].req.id == answer->head.req_id && !mine[i].answered) {
            mine[i].answered = true;
            mine[i].answer = *answer;
        }
    }
}

static void send_an_answer(void)
{
    unsigned int which = held_count > 0 ? rnd(held_count) : 0;

    if (held_count == 0)
        return;
    if (rnd(10) == 0) { /* first a wrong one under the same id */
        struct fake_message wrong = held[which];

        wrong.head.type = wrong.head.type == XS_READ ? XS_RM : XS_READ;
        if (held[which].head.type != XS_ERROR)
            fake_store_put(&wrong);
    }
    remember(&held[which]);
    fake_store_put(&held[which]);
    if (rnd(10) == 0)
        return; /* and again, later */
    held[which] = held[--held_count];
}

static void break_the_ring(void)
{
    struct xenstore_domain_interface *page = fake_xen_store_page();
    static struct xs_request extra;
    struct fake_message msg = {.head = {.type = XS_READ, .len = 4097 + rnd(1000000)}};

    switch (xs_is_busy(&extra) ? 0 : rnd(3)) {
    case 0:
        page->rsp_prod = page->rsp_cons + 1025 + rnd(0x7fffffff);
        break;
    case 1: /* shows when something is sent */
        page->req_cons = page->req_prod + 1 + rnd(0x7fffffff);
        assert_int_equal(xs_rm(&extra, "data/extra", NULL), 0);
        break;
    default:
        fake_store_put(&msg);
        for (int i = 0; i < 1000 && fake_store_waiting() > 0; i++)
            fake_store_let_through(XENSTORE_RING_SIZE);
    }
    fake_xen_event(FAKE_STORE_PORT);
    fake_xen_event(FAKE_STORE_PORT);
    broken++;
    assert_int_equal(fake_os_printed("connection is broken"), broken);
}

static void die(void)
{
    deaths++;
    break_the_ring();
    for (size_t i = 0; i < REQUESTS; i++)
        assert_false(mine[i].busy);
    assert_int_equal(xs_rm(&mine[0].req, "data", done), -EIO);
}

/* The daemon forgets all; whatever comes from now on is about what it gets from now on. */
static void connect_anew(void)
{
    fake_xen_store_page()->server_features = XENSTORE_SERVER_FEATURE_RECONNECTION;
    break_the_ring();
    fake_xen_store_page()->server_features = 0;
    held_count = 0;
    fake_store_reconnect();
    for (size_t i = 0; i < REQUESTS; i++)
        assert_false(mine[i].busy && mine[i].answered);
}

/* A new domain; only what the client remembers of its old life stays, and that is nothing under
 * way. */
static void new_life(void)
{
    if (fake_os.alarm_set)
        fake_os_advance_ms(1000);
    fake_os_reset();
    fake_xen_reset();
    fake_store_reset((uint32_t)random_bits(&dice));
    fake_xen.on_send = NULL; /* the daemon works when the test lets it */
    fake_os.started = true;
    fake_os.run_task = true;
    fake_store.asleep = true;
    held_count = 0;
    broken = 0;
    evtchn_init(&fake_xen.xen);
    assert_int_equal(xs_init(), 0);
    if (watch_set)
        (void)xs_unwatch(&mine[0].req, &watch, NULL);
    watch_set = false;
    fake_os_advance_ms(3000);
}

static void step(void)
{
    switch (rnd(16)) {
    case 0:
    case 1:
    case 2:
        start_request();
        break;
    case 3:
    case 4:
    case 5:
        take_requests();
        break;
    case 6:
    case 7:
    case 8:
        send_an_answer();
        break;
    case 9:
        if (fake_store_waiting() < 100000)
            fake_store_fire("data/5", rnd(2) ? watch.token : "w");
        break;
    case 10:
        fake_os_advance_ms(1 + rnd(3));
        break;
    case 11:
        if (rnd(50) == 0)
            fake_os_advance_ms(rnd(3000)); /* the daemon is stopped for a while */
        break;
    default:
        fake_store_let_through(1 + rnd(rnd(2) ? 20 : XENSTORE_RING_SIZE));
    }
}

static void test_anything(void **state)
{
    unsigned long steps = (unsigned long)random_env("FUZZ_RUNS", 1000000);

    (void)state;
    dice = random_start("xenstore random");
    watch = (struct xs_watch){.path = "data", .fired = fired};
    for (size_t i = 0; i < REQUESTS; i++)
        memset(mine[i].buf, UNTOUCHED, sizeof(mine[i].buf));
    new_life();
    for (unsigned long i = 0; i < steps; i++) {
        step();
        assert_int_equal(fake_store.mistakes, 0);
        assert_int_equal(fake_os.suspended, 0);
        if (broken < XS_CONNECTIONS_MAX - 2 && rnd(5000) == 0)
            connect_anew();
        if (rnd(20000) == 0) {
            die();
            new_life();
        }
    }
    fake_os_advance_ms(10000);
    for (size_t i = 0; i < REQUESTS; i++)
        assert_false(mine[i].busy);
    assert_false(fake_os.alarm_set);
    printf(
        "# %u requests ended, %u of them timed out; %u replies answered, %u strays, %u connections, "
        "%u deaths\n",
        dones, timed_out, xs_stats()->answered, xs_stats()->strays, xs_stats()->connections,
        deaths);
    assert_true(xs_stats()->connections > deaths + 1);
    assert_true(dones > steps / 100);
    assert_true(timed_out < dones / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_anything)};

    return cmocka_run_group_tests_name("xenstore random", tests, NULL, NULL);
}
