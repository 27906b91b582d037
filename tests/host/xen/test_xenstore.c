/* SPDX-License-Identifier: Apache-2.0
 *
 * The xenstore client against the fake daemon: each call, each error, the rings' wrap, replies that
 * are late, twice, out of order, too long or of the wrong type, watches in between, and a daemon
 * that breaks the rules (X1, X2, X4).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/xen/evtchn.h"
#include "drivers/xen/pvconsole.h"
#include "drivers/xen/xenstore.h"
#include "tests/host/xen/fake_os.h"
#include "tests/host/xen/fake_store.h"
#include "tests/host/xen/fake_xen.h"

static void ignore(void)
{
}

const struct evtchn_cfg cfg_evtchn[CFG_EVTCHN_COUNT] = {
    [EVTCHN_CONSOLE] = {.handler = ignore},
    [EVTCHN_XENSTORE] = {.handler = xs_pump},
};

static struct xs_request reqs[4];
static char bufs[4][64];
static unsigned int dones[4];
static unsigned int completion_order[16];
static unsigned int completions;

static void done(struct xs_request *req)
{
    size_t i = (size_t)(req - reqs);

    assert_in_range(i, 0, 3);
    assert_false(xs_is_busy(req));
    dones[i]++;
    completion_order[completions++ % 16] = (unsigned int)i;
}

static void begin(uint32_t index)
{
    if (fake_os.alarm_set) /* the client counts on it */
        fake_os_advance_ms(1000);
    fake_os_reset();
    fake_xen_reset();
    fake_store_reset(index);
    fake_os.started = true;
    fake_os.run_task = true;
    evtchn_init(&fake_xen.xen);
    memset(reqs, 0, sizeof(reqs));
    memset(dones, 0, sizeof(dones));
    memset(bufs, '#', sizeof(bufs));
    completions = 0;
    assert_int_equal(xs_init(), 0);
}

/* The rings are up and the watches reset: from here on the messages are the test's own. */
static void begin_connected(uint32_t index)
{
    begin(index);
    evtchn_raise(EVTCHN_XENSTORE);
    assert_int_equal(fake_store.resets, 1);
    fake_store.requests = 0;
}

static int setup(void **state)
{
    (void)state;
    begin_connected(0);
    return 0;
}

/* The client's list of requests outlives a test: nothing may be left in it. */
static int teardown(void **state)
{
    (void)state;
    fake_xen.on_send = NULL;
    fake_os_advance_ms(10000);
    for (size_t i = 0; i < 4; i++)
        assert_false(xs_is_busy(&reqs[i]));
    assert_int_equal(fake_store.mistakes, 0);
    assert_int_equal(fake_os.suspended, 0);
    return 0;
}

static int read_node(unsigned int i, const char *path)
{
    return xs_read(&reqs[i], path, bufs[i], sizeof(bufs[i]), done);
}

static void reply(const struct fake_message *msg, uint32_t type, const char *text, size_t len)
{
    struct fake_message answer = {.head = {.type = type, .req_id = msg->head.req_id}};

    memcpy(answer.payload, text, len);
    answer.head.len = (uint32_t)len;
    fake_store_put(&answer);
}

static void test_write_then_read(void **state) /* fact X2 */
{
    (void)state;
    assert_int_equal(xs_write(&reqs[0], "data/a", "one\0two", 7, done), 0);
    assert_int_equal(dones[0], 1);
    assert_int_equal(reqs[0].status, 0);
    assert_int_equal(read_node(1, "data/a"), 0);
    assert_int_equal(dones[1], 1);
    assert_int_equal(reqs[1].status, 0);
    assert_int_equal(reqs[1].len, 7);
    assert_memory_equal(bufs[1], "one\0two\0#", 9); /* NUL behind it, nothing more */
}

static void test_empty_value(void **state)
{
    (void)state;
    assert_int_equal(xs_write(&reqs[0], "data/a", NULL, 0, done), 0);
    assert_int_equal(reqs[0].status, 0);
    assert_int_equal(read_node(1, "data/a"), 0);
    assert_int_equal(reqs[1].status, 0);
    assert_int_equal(reqs[1].len, 0);
    assert_string_equal(bufs[1], "");
}

static void test_mkdir_ls_rm(void **state)
{
    (void)state;
    assert_int_equal(xs_mkdir(&reqs[0], "data/d", done), 0);
    assert_int_equal(xs_write(&reqs[1], "data/d/x", "1", 1, done), 0);
    assert_int_equal(xs_write(&reqs[2], "data/d/yy", "2", 1, done), 0);
    assert_int_equal(xs_ls(&reqs[3], "data/d", bufs[3], sizeof(bufs[3]), done), 0);
    assert_int_equal(reqs[3].status, 0);
    assert_int_equal(reqs[3].len, 5);
    assert_memory_equal(bufs[3], "x\0yy\0", 6);
    assert_int_equal(xs_rm(&reqs[0], "data/d", done), 0);
    assert_int_equal(reqs[0].status, 0);
    assert_null(fake_store_value("data/d/x"));
}

static void test_errors_of_the_store(void **state) /* fact X2 */
{
    static const struct {
        const char *name;
        int status;
    } errors[] = {{"ENOENT", -ENOENT}, {"EACCES", -EACCES}, {"EINVAL", -EINVAL},
                  {"ENOSPC", -ENOSPC}, {"EAGAIN", -EAGAIN}, {"E2BIG", -E2BIG},
                  {"EWHAT", -EIO},     {"", -EIO}};
    struct fake_message msg;

    (void)state;
    fake_store.asleep = true;
    for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
        assert_int_equal(read_node(0, "data/a"), 0);
        assert_true(fake_store_take(&msg));
        reply(&msg, XS_ERROR, errors[i].name,
              strlen(errors[i].name) + i % 2); /* with and without NUL */
        fake_store_let_through(1000);
        assert_int_equal(dones[0], i + 1);
        assert_int_equal(reqs[0].status, errors[i].status);
        assert_int_equal(reqs[0].len, 0);
    }
    assert_int_equal(bufs[0][0], '#');
}

static void test_answer_longer_than_the_buffer(void **state)
{
    char value[200];

    (void)state;
    memset(value, 'v', sizeof(value));
    fake_store_write("data/a", value, sizeof(value));
    for (size_t size = 1; size < 70; size++) {
        char buf[72];

        memset(buf, '#', sizeof(buf));
        assert_int_equal(xs_read(&reqs[0], "data/a", buf, size, done), 0);
        assert_int_equal(reqs[0].status, -EOVERFLOW);
        assert_int_equal(reqs[0].len, 200);
        assert_memory_equal(buf, value, size - 1);
        assert_int_equal(buf[size - 1], 0);
        assert_int_equal(buf[size], '#');
    }
    fake_store_write("data/a", value, 63); /* just fits */
    assert_int_equal(read_node(1, "data/a"), 0);
    assert_int_equal(reqs[1].status, 0);
    fake_store_write("data/a", value, 64); /* just not */
    assert_int_equal(read_node(1, "data/a"), 0);
    assert_int_equal(reqs[1].status, -EOVERFLOW);
}

static void test_rings_wrap_at_each_offset(void **state) /* fact X1 */
{
    (void)state;
    for (uint32_t offset = 0; offset <= XENSTORE_RING_SIZE; offset++) {
        char value[16];

        teardown(NULL);
        begin(offset - 40); /* the first ones also go through 2^32 */
        snprintf(value, sizeof(value), "value %u", offset);
        assert_int_equal(xs_write(&reqs[0], "data/wrap", value, strlen(value), done), 0);
        assert_int_equal(read_node(1, "data/wrap"), 0);
        assert_int_equal(reqs[1].status, 0);
        assert_string_equal(bufs[1], value);
        assert_int_equal(fake_store.mistakes, 0);
    }
}

static void test_long_value_goes_in_pieces(void **state) /* fact X1 */
{
    static char value[XS_PAYLOAD_MAX - 7];
    static char back[XS_PAYLOAD_MAX];

    (void)state;
    for (size_t i = 0; i < sizeof(value); i++)
        value[i] = (char)(i * 7);
    for (uint32_t piece = 0; piece < 300; piece += 37) {
        fake_store.piece = piece;
        assert_int_equal(xs_write(&reqs[0], "data/a", value, sizeof(value), done), 0);
        for (int i = 0; i < 2000 && xs_is_busy(&reqs[0]); i++) {
            fake_store_run();
        }
        assert_int_equal(reqs[0].status, 0);
        assert_int_equal(xs_read(&reqs[1], "data/a", back, sizeof(back), done), 0);
        for (int i = 0; i < 2000 && xs_is_busy(&reqs[1]); i++) {
            fake_store_run();
        }
        assert_int_equal(reqs[1].status, 0);
        assert_int_equal(reqs[1].len, sizeof(value));
        assert_memory_equal(back, value, sizeof(value));
    }
}

static struct xenstore_domain_interface seen; /* at the last barrier of a write */

static void look(void)
{
    seen = *fake_xen_store_page();
}

static void test_request_is_there_before_its_index(void **state) /* fact X1 */
{
    struct xenstore_domain_interface *page = fake_xen_store_page();
    const uint32_t prod = page->req_prod;

    (void)state;
    fake_store.asleep = true;
    fake_os.at_barrier = look;
    assert_int_equal(xs_rm(&reqs[0], "data/a", done), 0);
    assert_int_not_equal(page->req_prod, prod);
    assert_in_range(seen.req_prod, prod, page->req_prod - 1);
    assert_memory_equal(seen.req, page->req, page->req_prod);
}

/* A daemon that waits for room in the replies' ring has nothing else to wake it. */
static void test_daemon_is_told_of_what_was_read(void **state) /* fact X1 */
{
    unsigned int sends;

    (void)state;
    fake_store.asleep = true;
    sends = fake_xen.sends[FAKE_STORE_PORT];
    fake_store_fire("data/a", "nobody's");
    fake_store_let_through(1000);
    assert_int_equal(fake_xen.sends[FAKE_STORE_PORT], sends + 1);
}

static void test_replies_out_of_order(void **state) /* fact X2 */
{
    struct fake_message msg[4];

    (void)state;
    fake_store.asleep = true;
    for (unsigned int i = 0; i < 4; i++)
        assert_int_equal(read_node(i, "data/a"), 0);
    for (unsigned int i = 0; i < 4; i++)
        assert_true(fake_store_take(&msg[i]));
    reply(&msg[2], XS_READ, "two", 3);
    reply(&msg[0], XS_READ, "zero", 4);
    reply(&msg[3], XS_READ, "three", 5);
    reply(&msg[1], XS_READ, "one", 3);
    for (int i = 0; i < 100; i++)
        fake_store_let_through(1);
    assert_int_equal(completions, 4);
    assert_int_equal(completion_order[0], 2);
    assert_int_equal(completion_order[3], 1);
    assert_string_equal(bufs[0], "zero");
    assert_string_equal(bufs[1], "one");
    assert_string_equal(bufs[2], "two");
    assert_string_equal(bufs[3], "three");
}

static void test_reply_twice_or_of_wrong_type_is_dropped(void **state) /* fact X2 */
{
    struct fake_message msg;
    uint32_t strays = xs_stats()->strays;

    (void)state;
    fake_store.asleep = true;
    assert_int_equal(read_node(0, "data/a"), 0);
    assert_true(fake_store_take(&msg));
    reply(&msg, XS_WRITE, "OK", 3);
    reply(&msg, XS_DIRECTORY, "list", 5);
    fake_store_let_through(1000);
    assert_int_equal(dones[0], 0);
    reply(&msg, XS_READ, "right", 5);
    reply(&msg, XS_READ, "again", 5);
    reply(&msg, XS_ERROR, "ENOENT", 7);
    fake_store_let_through(1000);
    assert_int_equal(dones[0], 1);
    assert_string_equal(bufs[0], "right");
    assert_int_equal(xs_stats()->strays - strays, 4);
}

static void test_late_reply_touches_nothing(void **state)
{
    struct fake_message msg;

    (void)state;
    fake_store.asleep = true;
    assert_int_equal(read_node(0, "data/a"), 0);
    assert_true(fake_store_take(&msg));
    reply(&msg, XS_READ, "0123456789", 10);
    fake_store_let_through(20); /* the header and four bytes: then the store sleeps */
    fake_os_advance_ms(1999);
    assert_int_equal(dones[0], 0);
    fake_os_advance_ms(102);
    assert_int_equal(dones[0], 1);
    assert_int_equal(reqs[0].status, -ETIMEDOUT);
    memset(bufs[0], '#', sizeof(bufs[0]));
    fake_store_let_through(1000);
    assert_int_equal(bufs[0][4], '#');
    assert_int_equal(dones[0], 1);
    /* and the streams are still in step */
    fake_store.asleep = false;
    assert_int_equal(xs_write(&reqs[1], "data/b", "x", 1, done), 0);
    assert_int_equal(reqs[1].status, 0);
}

static void test_time_out_of_its_own(void **state)
{
    (void)state;
    fake_store.asleep = true;
    reqs[0].timeout_ms = 300;
    assert_int_equal(read_node(0, "data/a"), 0);
    assert_int_equal(read_node(1, "data/a"), 0);
    fake_os_advance_ms(401);
    assert_int_equal(dones[0], 1);
    assert_int_equal(reqs[0].status, -ETIMEDOUT);
    assert_int_equal(dones[1], 0);
    fake_os_advance_ms(2000);
    assert_int_equal(reqs[1].status, -ETIMEDOUT);
    assert_false(fake_os.alarm_set); /* nothing under way: no alarm */
}

static void test_time_out_before_it_was_sent(void **state)
{
    static char value[3000];
    struct fake_message msg;

    (void)state;
    memset(value, 'v', sizeof(value));
    fake_store.asleep = true;
    assert_int_equal(xs_write(&reqs[0], "data/big", value, sizeof(value), done), 0);
    assert_int_equal(xs_write(&reqs[1], "data/never", "x", 1, done), 0);
    fake_os_advance_ms(2200);
    assert_int_equal(reqs[0].status, -ETIMEDOUT);
    assert_int_equal(reqs[1].status, -ETIMEDOUT);
    memset(value, 'w', sizeof(value)); /* it is ours again: must not be read any more */
    /* The store wakes up: the message that had begun comes to its end, filled up; the other never
     * comes. */
    for (int i = 0; i < 10 && !fake_store_take(&msg); i++) {
    }
    assert_int_equal(msg.head.len, 9 + sizeof(value));
    assert_string_equal(msg.payload, "data/big");
    assert_int_equal(msg.payload[9], 'v');
    assert_int_equal(msg.payload[9 + 2999], 0);
    assert_null(memchr(msg.payload, 'w', msg.head.len));
    assert_false(fake_store_take(&msg));
    fake_store.asleep = false;
    assert_int_equal(read_node(2, "data/x"), 0);
    assert_int_equal(reqs[2].status, -ENOENT);
}

static void test_short_message_is_out_whole_or_not_at_all(void **state)
{
    static char value[1000];
    uint32_t begin_prod = fake_xen_store_page()->req_prod;
    struct fake_message msg;

    (void)state;
    memset(value, 'v', sizeof(value));
    fake_store.asleep = true;
    /* 16 + 7 + 961 bytes leave room for 40: for a header and more, but not for all of the second. */
    assert_int_equal(xs_write(&reqs[0], "data/a", value, 961, done), 0);
    assert_int_equal(xs_write(&reqs[1], "data/b", value, 100, done), 0);
    fake_os_advance_ms(2200);
    assert_int_equal(reqs[1].status, -ETIMEDOUT);
    assert_true(fake_store_take(&msg));
    assert_string_equal(msg.payload, "data/a");
    assert_false(fake_store_take(&msg));
    assert_int_equal(fake_xen_store_page()->req_prod - begin_prod, 16 + 7 + 961);
}

static void test_requests_wait_for_room(void **state)
{
    static char paths[40][400];
    static struct xs_request many[40];

    (void)state;
    memset(many, 0, sizeof(many));
    fake_store.asleep = true;
    for (unsigned int i = 0; i < 40; i++) {
        memset(paths[i], 'p', 100 + i * 7);
        paths[i][100 + i * 7] = 0;
        assert_int_equal(xs_mkdir(&many[i], paths[i], NULL), 0);
    }
    fake_store.asleep = false;
    for (int i = 0; i < 100; i++) {
        fake_store_run();
    }
    for (unsigned int i = 0; i < 40; i++) {
        assert_false(xs_is_busy(&many[i]));
        assert_int_equal(many[i].status, i * 7 + 100 >= 256 || i >= 32 ? -ENOSPC : 0);
    }
}

static void test_bad_calls(void **state)
{
    static char path[XS_PATH_MAX + 2];
    static char value[XS_PAYLOAD_MAX];

    (void)state;
    assert_int_equal(read_node(0, ""), -EINVAL);
    memset(path, 'p', XS_PATH_MAX + 1);
    assert_int_equal(read_node(0, path), -EINVAL);
    assert_int_equal(reqs[0].status, -EINVAL);
    assert_int_equal(xs_read(&reqs[0], "a", bufs[0], 0, done), -EINVAL);
    assert_int_equal(xs_write(&reqs[0], "a", value, XS_PAYLOAD_MAX - 1, done), -E2BIG);
    assert_int_equal(xs_write(&reqs[0], "a", value, SIZE_MAX, done), -E2BIG);
    path[XS_PATH_MAX] = 0;
    assert_int_equal(read_node(0, path), 0);
    assert_int_equal(reqs[0].status, -ENOENT);
    assert_int_equal(xs_write(&reqs[1], "a", value, XS_PAYLOAD_MAX - 2, done), 0);
    assert_int_equal(dones[0], 1);
    fake_store.asleep = true;
    assert_int_equal(read_node(0, "a"), 0);
    assert_int_equal(read_node(0, "a"), -EBUSY);
    assert_int_equal(xs_write(&reqs[0], "a", "", 0, done), -EBUSY);
    assert_int_equal(reqs[0].status, -EAGAIN);
}

static unsigned int restarts;

static void again(struct xs_request *req)
{
    if (++restarts < 20)
        assert_int_equal(xs_read(req, "data/a", bufs[0], sizeof(bufs[0]), again), 0);
}

static void test_completion_may_start_the_same_request(void **state)
{
    (void)state;
    restarts = 0;
    assert_int_equal(xs_read(&reqs[0], "data/a", bufs[0], sizeof(bufs[0]), again), 0);
    for (int i = 0; i < 10; i++) {
        fake_store_run();
    }
    assert_int_equal(restarts, 20);
}

/* ---- watches ---- */

static unsigned int fired[2];
static char fired_path[2][XS_WATCH_PATH_MAX + 1];
static struct xs_watch watches[2];

static void on_fire(struct xs_watch *watch, const char *path)
{
    size_t i = (size_t)(watch - watches);

    assert_in_range(i, 0, 1);
    fired[i]++;
    assert_true(strlen(path) <= XS_WATCH_PATH_MAX);
    strcpy(fired_path[i], path);
}

static void make_watches(void)
{
    memset(fired, 0, sizeof(fired));
    watches[0] = (struct xs_watch){.path = "data/a", .fired = on_fire};
    watches[1] = (struct xs_watch){.path = "data/b", .fired = on_fire};
}

static void drop_watches(void)
{
    (void)xs_unwatch(&reqs[2], &watches[0], NULL);
    (void)xs_unwatch(&reqs[3], &watches[1], NULL);
}

static void test_watch(void **state)
{
    (void)state;
    make_watches();
    assert_int_equal(xs_watch(&reqs[0], &watches[0], done), 0);
    assert_int_equal(xs_watch(&reqs[1], &watches[1], done), 0);
    assert_int_equal(fired[0], 1); /* as soon as it is set: X2 */
    assert_int_equal(fired[1], 1);
    assert_int_equal(xs_watch(&reqs[0], &watches[0], done), -EBUSY);
    fake_store_write("data/b/deep", "x", 1);
    assert_int_equal(fired[0], 1);
    assert_int_equal(fired[1], 2);
    assert_string_equal(fired_path[1], "data/b/deep");
    assert_int_equal(xs_unwatch(&reqs[1], &watches[1], done), 0);
    assert_int_equal(reqs[1].status, 0);
    fake_store_write("data/b/deep", "y", 1);
    assert_int_equal(fired[1], 2);
    assert_int_equal(xs_unwatch(&reqs[1], &watches[1], done), -ENOENT);
    drop_watches();
}

static void test_watch_event_between_request_and_reply(void **state) /* fact X2 */
{
    struct fake_message msg;

    (void)state;
    make_watches();
    assert_int_equal(xs_watch(&reqs[0], &watches[0], done), 0);
    fake_store.asleep = true;
    assert_int_equal(read_node(1, "data/c"), 0);
    assert_true(fake_store_take(&msg));
    fake_store_fire("data/a/x", watches[0].token);
    reply(&msg, XS_READ, "reply", 5);
    fake_store_fire("data/a/y", watches[0].token);
    for (int i = 0; i < 200; i++) {
        fake_store_let_through(1);
    }
    assert_int_equal(fired[0], 3);
    assert_int_equal(dones[1], 1);
    assert_string_equal(bufs[1], "reply");
    fake_store.asleep = false;
    drop_watches();
}

static void test_odd_watch_events(void **state)
{
    uint32_t unwatched = xs_stats()->unwatched;
    char path[3000];
    struct fake_message msg = {.head = {.type = XS_WATCH_EVENT}};

    (void)state;
    make_watches();
    assert_int_equal(xs_watch(&reqs[0], &watches[0], done), 0);
    memset(path, 'l', sizeof(path));
    path[sizeof(path) - 1] = 0;
    fake_store_fire(path, watches[0].token); /* long: cut, but delivered */
    fake_store_fire("data/a", "stranger");
    fake_store_fire("data/a", path);
    fake_store_put(&msg); /* empty */
    msg.head.len = 4;     /* no NUL at all */
    memcpy(msg.payload, "abcd", 4);
    fake_store_put(&msg);
    for (int i = 0; i < 10; i++) {
        fake_store_run();
    }
    assert_int_equal(fired[0], 2);
    assert_int_equal(strlen(fired_path[0]), XS_WATCH_PATH_MAX);
    assert_int_equal(xs_stats()->unwatched - unwatched, 4);
    drop_watches();
}

static void test_failed_watch_is_not_set(void **state)
{
    struct fake_message msg;

    (void)state;
    make_watches();
    fake_store.asleep = true;
    assert_int_equal(xs_watch(&reqs[0], &watches[0], done), 0);
    assert_true(fake_store_take(&msg));
    reply(&msg, XS_ERROR, "EACCES", 7);
    fake_store_let_through(1000);
    assert_int_equal(reqs[0].status, -EACCES);
    fake_store_fire("data/a", watches[0].token);
    fake_store_let_through(1000);
    assert_int_equal(fired[0], 0);
    assert_int_equal(xs_unwatch(&reqs[0], &watches[0], done), -ENOENT);
}

/* ---- a daemon that is not there, or hostile ---- */

static void expect_dead(unsigned int i)
{
    assert_int_equal(reqs[i].status, -EIO);
    assert_int_equal(dones[i], 1);
    assert_int_equal(read_node(i, "data/a"), -EIO);
    assert_int_equal(fake_os_printed("connection is broken"), 1);
    xs_pump();
    xs_pump();
    assert_int_equal(fake_os_printed("connection is broken"), 1); /* said once */
}

static void test_garbage_indices(void **state) /* fact X1 */
{
    static const uint32_t garbage[] = {1025, 1026, 0x7fffffff, 0x80000000, 0xfffffff0};

    (void)state;
    for (size_t i = 0; i < sizeof(garbage) / sizeof(garbage[0]); i++) {
        struct xenstore_domain_interface *page = fake_xen_store_page();

        begin(5);
        fake_store.asleep = true;
        assert_int_equal(read_node(0, "data/a"), 0);
        page->rsp_prod = page->rsp_cons + garbage[i];
        fake_xen_event(FAKE_STORE_PORT);
        expect_dead(0);

        begin(5);
        fake_store.asleep = true;
        assert_int_equal(read_node(0, "data/a"), 0);
        assert_int_equal(read_node(1, "data/a"), 0);
        page->req_cons = page->req_prod + 1 + (uint32_t)i * 100;
        assert_int_equal(read_node(2, "data/a"), 0);
        expect_dead(0);
        assert_int_equal(reqs[1].status, -EIO);
        assert_int_equal(reqs[2].status, -EIO);
    }
    begin(0);
}

static void test_message_longer_than_allowed(void **state) /* fact X1 */
{
    static const uint32_t lens[] = {XENSTORE_PAYLOAD_MAX + 1, 0x80000000, 0xffffffff};

    (void)state;
    for (size_t i = 0; i < sizeof(lens) / sizeof(lens[0]); i++) {
        struct fake_message msg;

        begin(77);
        fake_store.asleep = true;
        assert_int_equal(read_node(0, "data/a"), 0);
        assert_true(fake_store_take(&msg));
        msg.head.len = lens[i];
        fake_store_put(&msg);
        fake_store_let_through(XENSTORE_RING_SIZE);
        expect_dead(0);
    }
    begin(0);
}

static void test_no_store(void **state) /* fact X4 */
{
    static const uint64_t none[] = {0, UINT64_MAX};

    (void)state;
    evtchn_unbind(EVTCHN_XENSTORE);
    for (size_t i = 0; i < 2; i++) {
        fake_xen.params[HVM_PARAM_STORE_EVTCHN] = none[i];
        assert_int_equal(xs_init(), -ENODEV);
    }
}

/* Nobody would ever end a request that such a store had accepted. */
static void test_store_without_its_channel(void **state)
{
    (void)state;
    assert_int_equal(read_node(0, "data/a"), 0);
    fake_xen_store_page()->rsp_prod += 5000; /* or the store of setup() would still be there */
    fake_xen_event(FAKE_STORE_PORT);
    evtchn_unbind(EVTCHN_XENSTORE);
    fake_xen.params[HVM_PARAM_STORE_EVTCHN] = CFG_EVTCHN_PORTS;
    assert_int_equal(xs_init(), -ENOSPC);
    assert_int_not_equal(read_node(1, "data/a"), 0);
    assert_false(xs_is_busy(&reqs[1]));
    begin(0);
}

static void test_store_that_comes_later(void **state) /* fact X4 */
{
    struct xenstore_domain_interface *page = fake_xen_store_page();

    (void)state;
    page->connection = XENSTORE_RECONNECT;
    assert_int_equal(read_node(0, "data/a"), 0);
    fake_store_run();
    assert_int_equal(fake_store.requests, 0); /* the rings are not valid yet */
    page->req_prod = page->req_cons = page->rsp_prod = page->rsp_cons = 3;
    page->connection = XENSTORE_CONNECTED;
    fake_xen_event(FAKE_STORE_PORT);
    assert_int_equal(dones[0], 1);
    assert_int_equal(reqs[0].status, -ENOENT);
}

/* As Xen starts a domain beside a dom0, and then init-dom0less and the daemon come. */
static void test_page_that_comes_later(void **state) /* fact X4 */
{
    static const uint64_t not_yet[] = {0, UINT64_MAX};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        evtchn_unbind(EVTCHN_XENSTORE);
        fake_xen.params[HVM_PARAM_STORE_PFN] = not_yet[i];
        assert_int_equal(xs_init(), 0);
        assert_false(xs_is_connected());
        dones[0] = 0;
        assert_int_equal(read_node(0, "data/a"), 0);
        fake_xen_event(FAKE_STORE_PORT); /* nothing to see yet */
        assert_int_equal(dones[0], 0);

        fake_xen_store_page()->connection = XENSTORE_RECONNECT;
        fake_xen.params[HVM_PARAM_STORE_PFN] = FAKE_STORE_PFN;
        fake_xen_event(FAKE_STORE_PORT);
        assert_false(xs_is_connected());
        fake_xen_store_page()->connection = XENSTORE_CONNECTED;
        assert_true(xs_is_connected());
        fake_xen_event(FAKE_STORE_PORT);
        assert_int_equal(dones[0], 1);
        assert_int_equal(reqs[0].status, -ENOENT);
    }
}

static void test_page_that_cannot_be_mapped(void **state)
{
    static const uint64_t bad[] = {FAKE_STORE_PFN + 77, 1ull << 52}; /* times 4096, that is 0 */

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        begin(0);
        evtchn_unbind(EVTCHN_XENSTORE);
        fake_xen.params[HVM_PARAM_STORE_PFN] = UINT64_MAX;
        assert_int_equal(xs_init(), 0);
        assert_int_equal(read_node(0, "data/a"), 0);
        fake_xen.params[HVM_PARAM_STORE_PFN] = bad[i];
        fake_xen_event(FAKE_STORE_PORT);
        assert_int_equal(reqs[0].status, -EIO);
        assert_int_equal(fake_os_printed("cannot be mapped; not used"), 1);
    }
    begin(0);
}

static void test_reconnect_in_the_middle(void **state)
{
    static char value[2000];
    struct xenstore_domain_interface *page = fake_xen_store_page();

    (void)state;
    fake_store.asleep = true;
    assert_int_equal(xs_write(&reqs[0], "data/a", value, sizeof(value), done), 0);
    page->connection = XENSTORE_RECONNECT;
    fake_xen_event(FAKE_STORE_PORT);
    fake_store_reset(0); /* the new daemon has nothing of the half message */
    page->connection = XENSTORE_CONNECTED;
    fake_xen_event(FAKE_STORE_PORT);
    for (int i = 0; i < 10; i++)
        fake_store_run();
    assert_int_equal(dones[0], 1);
    assert_int_equal(reqs[0].status, 0);
}

static unsigned int told;

static void on_connect(void)
{
    told++;
}

/* The daemon is started anew, and init-dom0less gives the domain a cleared page: everything that stood in the store
 * is gone, and nobody but the indices tells. */
static void test_store_that_is_started_anew(void **state) /* fact X4 */
{
    static struct xs_listener listener = {.connected = on_connect};

    (void)state;
    assert_int_equal(xs_on_connect(&listener), 0);
    assert_int_equal(told, 1);
    make_watches();
    assert_int_equal(xs_watch(&reqs[0], &watches[0], done), 0);
    assert_int_equal(xs_watch(&reqs[1], &watches[1], done), 0);
    fake_store_reset(0);
    fake_xen_event(FAKE_STORE_PORT);
    assert_int_equal(told, 2);
    fired[0] = fired[1] = 0;
    fake_store_write("data/a", "1", 1);
    fake_store_write("data/b", "1", 1);
    assert_int_equal(fired[0], 1);
    assert_int_equal(fired[1], 1);
    assert_int_equal(xs_unwatch(&reqs[0], &watches[0], done), 0);
    fake_store_write("data/a", "2", 1);
    assert_int_equal(fired[0], 1);
    fake_xen_event(FAKE_STORE_PORT);
    assert_int_equal(told, 2);
    drop_watches();
}

/* ---- a daemon that can connect anew ---- */

static void can_reconnect(void)
{
    fake_xen_store_page()->server_features |= XENSTORE_SERVER_FEATURE_RECONNECTION;
}

static void break_replies(void)
{
    fake_xen_store_page()->rsp_prod = fake_xen_store_page()->rsp_cons + 5000;
    fake_xen_event(FAKE_STORE_PORT);
}

static void test_broken_ring_connects_anew(void **state)
{
    static char value[2000]; /* more than the ring takes: its end, and all that follows, waits */

    (void)state;
    can_reconnect();
    fake_store.asleep = true;
    assert_int_equal(read_node(0, "data/a"), 0);
    assert_int_equal(xs_write(&reqs[1], "data/half", value, sizeof(value), done), 0);
    assert_int_equal(read_node(2, "data/b"), 0);
    break_replies();
    assert_int_equal(fake_os_printed("asked to connect anew"), 1);
    assert_int_equal(fake_xen_store_page()->connection, XENSTORE_RECONNECT);
    assert_int_equal(read_node(3, "data/c"), 0); /* meanwhile: waits */
    assert_int_equal(completions, 0);
    fake_store_run();
    assert_int_equal(reqs[0].status, -EIO); /* had been sent: nobody will answer it */
    assert_int_equal(reqs[1].status, 0);
    assert_int_equal(reqs[2].status, -ENOENT);
    assert_int_equal(reqs[3].status, -ENOENT);
    assert_int_equal(completions, 4);
    assert_non_null(fake_store_value("data/half"));
}

static void test_watches_are_set_again(void **state)
{
    uint32_t connections = xs_stats()->connections;

    (void)state;
    make_watches();
    can_reconnect();
    assert_int_equal(xs_watch(&reqs[0], &watches[0], done), 0);
    fake_store.asleep = true;
    assert_int_equal(xs_watch(&reqs[1], &watches[1], done), 0); /* under way when it happens */
    break_replies();
    fake_store.asleep = false;
    fake_store_run();
    assert_int_equal(xs_stats()->connections, connections + 1);
    assert_int_equal(fired[0], 2);
    assert_int_equal(reqs[1].status, -EIO); /* so it is not set */
    assert_int_equal(fired[1], 0);
    fake_store_write("data/a", "x", 1);
    fake_store_write("data/b", "x", 1);
    assert_int_equal(fired[0], 3);
    assert_int_equal(fired[1], 0);
    drop_watches();
}

static void test_watch_that_cannot_be_set_again(void **state)
{
    struct fake_message msg;

    (void)state;
    make_watches();
    can_reconnect();
    assert_int_equal(xs_watch(&reqs[0], &watches[0], done), 0);
    assert_int_equal(xs_watch(&reqs[1], &watches[1], done), 0);
    fake_store.asleep = true;
    break_replies();
    fake_store_reconnect();
    assert_true(fake_store_take(&msg)); /* the reset, which this store does not know */
    reply(&msg, XS_ERROR, "EINVAL", 7);
    fake_store_let_through(1000);
    assert_true(fake_store_take(&msg));
    assert_int_equal(msg.head.type, XS_WATCH);
    reply(&msg, XS_ERROR, "ENOSPC", 7);
    fake_store_let_through(1000);
    assert_int_equal(fake_os_printed("cannot watch data/b again (error -28)"), 1);
    fake_store.asleep = false; /* the other one is */
    fake_store_run();
    fake_store_write("data/a", "x", 1);
    assert_int_equal(fired[0], 3);
    drop_watches();
    assert_int_equal(reqs[3].status, 0); /* that the store does not have it is no error */
}

static void test_broken_again_and_again(void **state)
{
    (void)state;
    can_reconnect();
    for (unsigned int i = 1; i < XS_CONNECTIONS_MAX; i++) {
        break_replies();
        fake_store_run();
        assert_int_equal(read_node(0, "data/a"), 0);
        assert_int_equal(reqs[0].status, -ENOENT);
    }
    break_replies();
    assert_int_equal(fake_os_printed("connect anew"), XS_CONNECTIONS_MAX - 1);
    assert_int_equal(fake_os_printed("not used any more"), 1);
    assert_int_equal(read_node(0, "data/a"), -EIO);
    begin_connected(0);
}

static void test_store_that_gives_up(void **state)
{
    struct xenstore_domain_interface *page = fake_xen_store_page();

    (void)state;
    fake_store.asleep = true;
    assert_int_equal(read_node(0, "data/a"), 0);
    page->error = XENSTORE_ERROR_RINGIDX;
    xs_pump();
    assert_true(xs_is_busy(&reqs[0])); /* without the feature the word means nothing */
    page->server_features = XENSTORE_SERVER_FEATURE_ERROR;
    xs_pump();
    assert_int_equal(reqs[0].status, -EIO);
    assert_int_equal(fake_os_printed("the store has given it up (0x2); not used any more"), 1);
    begin_connected(0);
}

/* ---- who used the rings before ---- */

static void test_watch_of_an_earlier_life_is_forgotten(void **state)
{
    uint32_t unwatched = xs_stats()->unwatched;

    (void)state;
    begin(0);
    fake_store_left_watch("data", "loader");
    make_watches();
    assert_int_equal(xs_watch(&reqs[0], &watches[0], done), 0); /* the first request of all */
    assert_int_equal(fake_store.resets, 1);
    fake_store_write("data/a", "x", 1);
    assert_int_equal(fired[0], 2);
    assert_int_equal(xs_stats()->unwatched, unwatched);
    drop_watches();
}

static void test_wait_before_start(void **state)
{
    (void)state;
    fake_os.started = false;
    fake_os.idle = fake_store_run;
    fake_store.asleep = true; /* answers only while we sleep */
    fake_store_write("data/a", "early", 5);
    assert_int_equal(read_node(0, "data/a"), 0);
    assert_int_equal(dones[0], 0);
    assert_int_equal(xs_wait(&reqs[0], 1000), 0);
    assert_int_equal(dones[0], 1);
    assert_string_equal(bufs[0], "early");
    assert_true(fake_os.timer_armed == UINT64_MAX);
    assert_int_equal(read_node(1, ""), -EINVAL);
    assert_int_equal(xs_wait(&reqs[1], 1000), -EINVAL); /* never started: its error, at once */
}

static void test_wait_ends_at_its_deadline(void **state)
{
    uint64_t begin_count;

    (void)state;
    fake_os.started = false;
    fake_store.asleep = true;
    assert_int_equal(read_node(0, "data/a"), 0);
    begin_count = fake_os.now;
    assert_int_equal(xs_wait(&reqs[0], 50), -ETIMEDOUT);
    assert_int_equal(fake_os.now - begin_count, 50 * (FAKE_HZ / 1000));
    assert_int_equal(dones[0], 1);
}

static void test_left_over_request_of_boot_goes_on_after_start(void **state)
{
    (void)state;
    fake_os.started = false;
    assert_int_equal(read_node(0, "data/a"), 0);
    fake_store.asleep = true;
    fake_os.started = true;
    fake_xen_interrupts();
    assert_true(fake_os.alarm_set);
    fake_store.asleep = false;
    fake_store_run();
    assert_int_equal(reqs[0].status, -ENOENT);
}

static void test_no_time_out_alarm_when_idle(void **state)
{
    (void)state;
    assert_int_equal(xs_write(&reqs[0], "data/a", "x", 1, done), 0);
    fake_os_advance_ms(200);
    assert_false(fake_os.alarm_set);
    fake_os_advance_ms(10000);
    assert_false(fake_os.alarm_set);
}

static void test_sleep(void **state)
{
    uint32_t sends = fake_xen.sends[FAKE_STORE_PORT];

    (void)state;
    fake_store.asleep = true;
    assert_int_equal(xs_sleep(&reqs[0], 500, done), 0);
    assert_int_equal(xs_sleep(&reqs[0], 1, done), -EBUSY);
    fake_os_advance_ms(400);
    assert_int_equal(dones[0], 0);
    assert_int_equal(reqs[0].status, -EAGAIN);
    fake_os_advance_ms(200); /* with the alarm's interval */
    assert_int_equal(dones[0], 1);
    assert_int_equal(reqs[0].status, 0);
    assert_int_equal(fake_store_waiting(), 0);
    assert_int_equal(fake_xen.sends[FAKE_STORE_PORT], sends); /* nobody was asked */
    assert_false(fake_os.alarm_set);
}

static void test_sleep_is_the_way_into_the_store_s_context(void **state)
{
    (void)state;
    SuspendAllInterrupts();
    assert_int_equal(xs_sleep(&reqs[0], 0, done), 0);
    assert_int_equal(dones[0], 0);
    ResumeAllInterrupts();
    assert_int_equal(dones[0], 1);
    assert_int_equal(reqs[0].status, 0);
}

/* Not even its id on a reply wakes a sleeper. */
static void test_sleep_has_no_answer(void **state)
{
    static const uint32_t types[] = {XS_ERROR, XS_INVALID, XS_READ};
    uint32_t strays = xs_stats()->strays;

    (void)state;
    assert_int_equal(xs_sleep(&reqs[0], 1000, done), 0);
    for (size_t i = 0; i < 3; i++) {
        struct fake_message msg = {.head = {.req_id = reqs[0].id}};

        reply(&msg, types[i], "OK", 3);
    }
    fake_store_let_through(XENSTORE_RING_SIZE);
    assert_int_equal(dones[0], 0);
    assert_int_equal(xs_stats()->strays, strays + 3);
}

static void test_sleep_ends_with_the_rings(void **state)
{
    struct xenstore_domain_interface *page = fake_xen_store_page();

    (void)state;
    assert_int_equal(xs_sleep(&reqs[0], 1000, done), 0);
    page->rsp_prod = page->rsp_cons + 2000;
    fake_xen_event(FAKE_STORE_PORT);
    assert_int_equal(reqs[0].status, -EIO);
    assert_int_equal(xs_sleep(&reqs[1], 0, done), -EIO);
    assert_int_equal(dones[1], 0);
    begin(0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_write_then_read),
        TEST(test_empty_value),
        TEST(test_mkdir_ls_rm),
        TEST(test_errors_of_the_store),
        TEST(test_answer_longer_than_the_buffer),
        TEST(test_rings_wrap_at_each_offset),
        TEST(test_long_value_goes_in_pieces),
        TEST(test_request_is_there_before_its_index),
        TEST(test_daemon_is_told_of_what_was_read),
        TEST(test_replies_out_of_order),
        TEST(test_reply_twice_or_of_wrong_type_is_dropped),
        TEST(test_late_reply_touches_nothing),
        TEST(test_time_out_of_its_own),
        TEST(test_time_out_before_it_was_sent),
        TEST(test_short_message_is_out_whole_or_not_at_all),
        TEST(test_requests_wait_for_room),
        TEST(test_bad_calls),
        TEST(test_completion_may_start_the_same_request),
        TEST(test_watch),
        TEST(test_watch_event_between_request_and_reply),
        TEST(test_odd_watch_events),
        TEST(test_failed_watch_is_not_set),
        TEST(test_garbage_indices),
        TEST(test_message_longer_than_allowed),
        TEST(test_no_store),
        TEST(test_store_without_its_channel),
        TEST(test_store_that_comes_later),
        TEST(test_page_that_comes_later),
        TEST(test_page_that_cannot_be_mapped),
        TEST(test_reconnect_in_the_middle),
        TEST(test_store_that_is_started_anew),
        TEST(test_broken_ring_connects_anew),
        TEST(test_watches_are_set_again),
        TEST(test_watch_that_cannot_be_set_again),
        TEST(test_broken_again_and_again),
        TEST(test_store_that_gives_up),
        TEST(test_watch_of_an_earlier_life_is_forgotten),
        TEST(test_wait_before_start),
        TEST(test_wait_ends_at_its_deadline),
        TEST(test_left_over_request_of_boot_goes_on_after_start),
        TEST(test_no_time_out_alarm_when_idle),
        TEST(test_sleep),
        TEST(test_sleep_is_the_way_into_the_store_s_context),
        TEST(test_sleep_has_no_answer),
        TEST(test_sleep_ends_with_the_rings),
    };

    return cmocka_run_group_tests_name("xenstore", tests, NULL, NULL);
}
