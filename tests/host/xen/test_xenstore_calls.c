/* SPDX-License-Identifier: Apache-2.0
 *
 * The calls whose answers are more than a value: lists in parts, permissions, transactions, domain
 * paths; and what a task does with a request: be activated by it, wait for it, and do a whole
 * transaction (X2).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/xen/evtchn.h"
#include "drivers/xen/xenstore.h"
#include "tests/host/xen/fake_os.h"
#include "tests/host/xen/fake_store.h"
#include "tests/host/xen/fake_xen.h"

#define CHILDREN 20u
#define NAME_LEN 240u
#define ALL      (CHILDREN * (NAME_LEN + 1))

static void ignore(void)
{
}

const struct evtchn_cfg cfg_evtchn[CFG_EVTCHN_COUNT] = {
    [EVTCHN_CONSOLE] = {.handler = ignore},
    [EVTCHN_XENSTORE] = {.handler = xs_pump},
};

static struct xs_request req;
static struct xs_request other;
static char buf[8192];

static int setup(void **state)
{
    (void)state;
    if (fake_os.alarm_set)
        fake_os_advance_ms(1000);
    fake_os_reset();
    fake_xen_reset();
    fake_store_reset(0);
    fake_os.started = true;
    fake_os.run_task = true;
    evtchn_init(&fake_xen.xen);
    memset(&req, 0, sizeof(req));
    memset(&other, 0, sizeof(other));
    req.task = other.task = TASK_STORE;
    req.event = other.event = EVENT_STORE;
    memset(buf, '#', sizeof(buf));
    assert_int_equal(xs_init(), 0);
    evtchn_raise(EVTCHN_XENSTORE);
    return 0;
}

/* The client's list of requests outlives a test: nothing may be left in it. */
static int teardown(void **state)
{
    (void)state;
    fake_xen.on_send = NULL;
    fake_os_advance_ms(10000);
    assert_false(xs_is_busy(&req));
    assert_false(xs_is_busy(&other));
    assert_int_equal(fake_store.mistakes, 0);
    assert_int_equal(fake_os.suspended, 0);
    return 0;
}

/* ---- lists ---- */

static void make_children(void)
{
    for (unsigned int i = 0; i < CHILDREN; i++) {
        char path[NAME_LEN + 3];

        memset(path, 'a' + (int)i, sizeof(path));
        memcpy(path, "d/", 2);
        path[NAME_LEN + 2] = 0;
        fake_store_write(path, "", 0);
    }
    fake_store_write("d", "", 0);
}

static void expect_children(void)
{
    assert_int_equal(req.status, 0);
    assert_int_equal(req.len, ALL);
    for (unsigned int i = 0; i < CHILDREN; i++) {
        const char *name = buf + i * (NAME_LEN + 1);

        assert_int_equal(strlen(name), NAME_LEN);
        assert_int_equal(name[0], 'a' + i);
        assert_int_equal(name[NAME_LEN - 1], 'a' + i);
    }
    assert_int_equal(buf[ALL], 0);
    assert_int_equal(buf[ALL + 1], '#');
}

static void run_store(void)
{
    for (int i = 0; i < 50; i++)
        fake_store_run();
}

static void test_long_list_comes_in_parts(void **state)
{
    (void)state;
    make_children();
    assert_int_equal(xs_ls(&req, "d", buf, sizeof(buf), NULL), 0);
    run_store();
    assert_int_equal(fake_store.parts, 2);
    expect_children();
}

static void test_long_list_and_a_short_buffer(void **state)
{
    static const size_t sizes[] = {1, 2, 1000, 4095, 4096, 4097, ALL - 1, ALL};

    (void)state;
    make_children();
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        memset(buf, '#', sizeof(buf));
        assert_int_equal(xs_ls(&req, "d", buf, sizes[i], NULL), 0);
        run_store();
        assert_int_equal(req.status, -EOVERFLOW);
        assert_int_equal(req.len, ALL);
        assert_int_equal(buf[0], sizes[i] > 1 ? 'a' : 0);
        assert_int_equal(buf[sizes[i] - 1], 0);
        assert_int_equal(buf[sizes[i]], '#');
    }
}

/* The store's next message must be this; it is answered so. */
static void exchange(uint32_t wanted_type, const char *wanted, size_t wanted_len, uint32_t type,
                     const char *answer, size_t len)
{
    struct fake_message msg;

    assert_true(fake_store_take(&msg));
    assert_int_equal(msg.head.type, wanted_type);
    assert_int_equal(msg.head.len, wanted_len);
    assert_memory_equal(msg.payload, wanted, wanted_len);
    msg.head.type = type;
    msg.head.len = (uint32_t)len;
    memcpy(msg.payload, answer, len);
    fake_store_put(&msg);
    fake_store_let_through(XENSTORE_RING_SIZE);
}

/* The string's last NUL belongs to the answer. */
#define PART(offset, answer) part(offset, XS_DIRECTORY_PART, answer, sizeof(answer))

static void part(const char *offset, uint32_t type, const char *answer, size_t len)
{
    char wanted[16] = "d";

    strcpy(wanted + 2, offset);
    exchange(XS_DIRECTORY_PART, wanted, 3 + strlen(offset), type, answer, len);
}

static void begin_long_list(void)
{
    fake_store.asleep = true;
    assert_int_equal(xs_ls(&req, "d", buf, sizeof(buf), NULL), 0);
    exchange(XS_DIRECTORY, "d", 2, XS_ERROR, "E2BIG", 6);
}

static void test_list_that_changes_meanwhile_begins_again(void **state)
{
    (void)state;
    begin_long_list();
    PART("0", "18446744073709551614\0old\0gone");
    PART("9", "18446744073709551615\0more");
    PART("0", "18446744073709551615\0new");
    PART("4", "18446744073709551615\0last\0");
    assert_int_equal(req.status, 0);
    assert_int_equal(req.len, 9);
    assert_memory_equal(buf, "new\0last\0", 10);
}

static void test_odd_parts(void **state)
{
    (void)state;
    begin_long_list();
    PART("0", "7"); /* neither a name nor the end: would go on for ever */
    assert_int_equal(req.status, -EIO);
    begin_long_list();
    part("0", XS_DIRECTORY_PART, "7\0half", 6);
    assert_int_equal(req.status, -EIO);
    begin_long_list();
    part("0", XS_DIRECTORY_PART, "", 0);
    assert_int_equal(req.status, -EIO);
    begin_long_list();
    PART("0", "7\0one");
    part("4", XS_ERROR, "ENOENT", 7); /* the node is gone */
    assert_int_equal(req.status, -ENOENT);
    assert_int_equal(req.len, 0);
    begin_long_list();
    PART("0", "7\0\0what\0is\0this");
    assert_int_equal(req.status, 0);
    assert_int_equal(req.len, 0);
}

static void test_time_out_covers_all_parts(void **state)
{
    (void)state;
    begin_long_list();
    for (int i = 0; xs_is_busy(&req); i++) {
        assert_true(i < 30);
        if (i % 2 == 0)
            PART("0", "7\0one");
        else
            PART("4", "8\0one"); /* changed again, and again */
        fake_os_advance_ms(100);
    }
    assert_int_equal(req.status, -ETIMEDOUT);
}

/* ---- permissions ---- */

static void test_permissions(void **state)
{
    static const struct xs_perm wanted[] = {
        {XS_PERM_NONE, FAKE_STORE_DOMID}, {XS_PERM_BOTH, 0}, {XS_PERM_READ, 65535}};
    struct xs_perm perms[4];

    (void)state;
    fake_store_write("a", "", 0);
    assert_int_equal(xs_set_perms(&req, "a", wanted, 3, NULL), 0);
    assert_int_equal(req.status, 0);
    assert_int_equal(req.len, 0);
    assert_int_equal(xs_get_perms(&req, "a", perms, 4, NULL), 0);
    assert_int_equal(req.status, 0);
    assert_int_equal(req.len, 3);
    for (unsigned int i = 0; i < 3; i++) {
        assert_int_equal(perms[i].mode, wanted[i].mode);
        assert_int_equal(perms[i].domid, wanted[i].domid);
    }
    perms[2].mode = '#';
    assert_int_equal(xs_get_perms(&req, "a", perms, 2, NULL), 0);
    assert_int_equal(req.status, -EOVERFLOW);
    assert_int_equal(req.len, 3);
    assert_int_equal(perms[2].mode, '#');
    assert_int_equal(xs_get_perms(&req, "none", perms, 4, NULL), 0);
    assert_int_equal(req.status, -ENOENT);
}

static void test_permissions_that_are_refused(void **state)
{
    struct xs_perm perms[XS_PERMS_MAX + 1] = {{XS_PERM_READ, 3}, {XS_PERM_READ, 4}};

    (void)state;
    fake_store_write("a", "", 0);
    assert_int_equal(xs_set_perms(&req, "a", perms, 2, NULL), 0);
    assert_int_equal(req.status, -EPERM); /* another owner */
    assert_int_equal(xs_set_perms(&req, "a", perms, 0, NULL), -EINVAL);
    assert_int_equal(req.status, -EINVAL);
    assert_int_equal(xs_set_perms(&req, "a", perms, XS_PERMS_MAX + 1, NULL), -EINVAL);
    perms[0].mode = 'x';
    assert_int_equal(xs_set_perms(&req, "a", perms, 1, NULL), 0);
    assert_int_equal(req.status, -EINVAL);
    fake_store.asleep = true;
    assert_int_equal(xs_get_perms(&req, "a", perms, 1, NULL), 0);
    assert_int_equal(xs_set_perms(&req, "a", perms, 0, NULL), -EBUSY);
    assert_int_equal(xs_get_perms(&other, "a", perms, 0, NULL), -EINVAL);
}

/* What goes out is as long as it can be, and stays in the request. */
static void test_longest_permissions(void **state)
{
    struct xs_perm perms[XS_PERMS_MAX];
    struct fake_message msg;

    (void)state;
    for (unsigned int i = 0; i < XS_PERMS_MAX; i++)
        perms[i] = (struct xs_perm){XS_PERM_WRITE, 65535};
    fake_store.asleep = true;
    assert_int_equal(xs_set_perms(&req, "a", perms, XS_PERMS_MAX, NULL), 0);
    assert_true(fake_store_take(&msg));
    assert_int_equal(msg.head.len, 2 + 7 * XS_PERMS_MAX);
    for (unsigned int i = 0; i < XS_PERMS_MAX; i++)
        assert_string_equal(msg.payload + 2 + 7 * i, "w65535");
}

static void test_odd_permissions(void **state)
{
    static const struct {
        const char *text;
        size_t len;
        int status;
        size_t count;
    } odd[] = {
        {"n0\0r7", 5, 0, 2}, /* no NUL behind the last */
        {"n0\0r7", 6, 0, 2},
        {"", 0, 0, 0},
        {"x0", 3, -EIO, 0},
        {"n65536", 7, -EIO, 0},
        {"n99999999999999999999", 22, -EIO, 0},
        {"n1x", 4, -EIO, 0},
        {"", 1, -EIO, 0},
    };
    struct xs_perm perms[4];

    (void)state;
    fake_store.asleep = true;
    for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
        assert_int_equal(xs_get_perms(&req, "a", perms, 4, NULL), 0);
        exchange(XS_GET_PERMS, "a", 2, XS_GET_PERMS, odd[i].text, odd[i].len);
        assert_int_equal(req.status, odd[i].status);
        assert_int_equal(req.len, odd[i].count);
    }
}

/* ---- transactions ---- */

static void start(struct xs_request *tx)
{
    assert_int_equal(xs_transaction_start(tx, NULL), 0);
    assert_int_equal(tx->status, 0);
    assert_int_not_equal(tx->tx, 0);
}

static void test_transaction_is_seen_by_others_at_its_end(void **state)
{
    (void)state;
    fake_store_write("a", "old", 3);
    start(&req);
    assert_int_equal(xs_write(&req, "a", "new", 3, NULL), 0);
    assert_string_equal(fake_store_value("a"), "old");
    assert_int_equal(xs_read(&req, "a", buf, sizeof(buf), NULL), 0);
    assert_string_equal(buf, "new");
    other.tx = req.tx; /* another struct joins it */
    assert_int_equal(xs_write(&other, "b", "too", 3, NULL), 0);
    other.tx = 0;
    assert_int_equal(xs_read(&other, "a", buf, sizeof(buf), NULL), 0);
    assert_string_equal(buf, "old");
    assert_int_equal(xs_transaction_end(&req, true, NULL), 0);
    assert_int_equal(req.status, 0);
    assert_int_equal(req.tx, 0);
    assert_string_equal(fake_store_value("a"), "new");
    assert_string_equal(fake_store_value("b"), "too");
}

static void test_transaction_that_is_aborted_or_meets_a_conflict(void **state)
{
    (void)state;
    fake_store_write("a", "old", 3);
    start(&req);
    assert_int_equal(xs_write(&req, "a", "new", 3, NULL), 0);
    assert_int_equal(xs_transaction_end(&req, false, NULL), 0);
    assert_int_equal(req.status, 0);
    assert_string_equal(fake_store_value("a"), "old");
    start(&req);
    assert_int_equal(xs_write(&req, "a", "new", 3, NULL), 0);
    fake_store_write("a", "dom0", 4);
    assert_int_equal(xs_transaction_end(&req, true, NULL), 0);
    assert_int_equal(req.status, -EAGAIN); /* X2 */
    assert_int_equal(req.tx, 0);
    assert_string_equal(fake_store_value("a"), "dom0");
    assert_int_equal(fake_store_transactions(), 0);
}

static void test_transaction_that_is_not_there(void **state)
{
    (void)state;
    fake_store_write("a", "", 0);
    req.tx = 12345;
    assert_int_equal(xs_read(&req, "a", buf, sizeof(buf), NULL), 0);
    assert_int_equal(req.status, -ENOENT);
    assert_int_equal(xs_transaction_end(&req, true, NULL), 0);
    assert_int_equal(req.status, -ENOENT);
    assert_int_equal(req.tx, 0);
}

static void test_odd_transaction_numbers(void **state)
{
    static const char *const odd[] = {"", "0", "x", "12x", "4294967296", "99999999999999999999"};

    (void)state;
    fake_store.asleep = true;
    for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
        req.tx = 5; /* one that was never ended: a new one does not lie inside it */
        assert_int_equal(xs_transaction_start(&req, NULL), 0);
        exchange(XS_TRANSACTION_START, "", 1, XS_TRANSACTION_START, odd[i], strlen(odd[i]) + 1);
        assert_int_equal(req.status, -EIO);
        assert_int_equal(req.tx, 0);
    }
    assert_int_equal(xs_transaction_start(&req, NULL), 0);
    exchange(XS_TRANSACTION_START, "", 1, XS_TRANSACTION_START, "4294967295", 10); /* no NUL */
    assert_int_equal(req.status, 0);
    assert_int_equal(req.tx, UINT32_MAX);
}

/* ---- domains ---- */

static void test_domain_path(void **state)
{
    (void)state;
    assert_int_equal(xs_domain_path(&req, 65535, buf, sizeof(buf), NULL), 0);
    assert_int_equal(req.status, 0);
    assert_int_equal(req.len, 19);
    assert_string_equal(buf, "/local/domain/65535");
    assert_int_equal(xs_domain_path(&req, 0, buf, 16, NULL), 0); /* just fits, though a NUL came */
    assert_int_equal(req.status, 0);
    assert_string_equal(buf, "/local/domain/0");
    assert_int_equal(xs_domain_path(&req, 0, buf, 15, NULL), 0);
    assert_int_equal(req.status, -EOVERFLOW);
    assert_int_equal(req.len, 15);
    assert_int_equal(xs_domain_path(&req, 0, buf, 0, NULL), -EINVAL);
}

/* ---- tasks ---- */

static void test_task_waits_for_the_answer(void **state)
{
    (void)state;
    fake_store.asleep = true; /* it works while the task waits */
    fake_os.idle = fake_store_run;
    fake_store_write("a", "value", 5);
    assert_int_equal(xs_read(&req, "a", buf, sizeof(buf), xs_set_event), 0);
    assert_int_equal(xs_wait_event(&req), 0);
    assert_string_equal(buf, "value");
    assert_int_equal(fake_os.waits, 1);
    assert_int_equal(fake_os.events, 0);
    assert_int_equal(xs_read(&req, "", buf, sizeof(buf), xs_set_event), -EINVAL);
    assert_int_equal(xs_wait_event(&req), -EINVAL); /* never started: at once */
    assert_int_equal(fake_os.waits, 1);
}

static void answer_one(void)
{
    struct fake_message msg;
    struct fake_message answer;

    if (!fake_store_take(&msg))
        return;
    fake_store_answer(&msg, &answer);
    fake_store_put(&answer);
    fake_store_let_through(1000);
}

static void test_two_requests_share_an_event(void **state)
{
    (void)state;
    fake_store.asleep = true;
    fake_os.idle = answer_one; /* the other one first */
    assert_int_equal(xs_mkdir(&other, "a", xs_set_event), 0);
    assert_int_equal(xs_mkdir(&req, "b", xs_set_event), 0);
    assert_int_equal(xs_wait_event(&req), 0);
    assert_int_equal(fake_os.waits, 2);
    assert_int_equal(xs_wait_event(&other), 0);
    assert_int_equal(fake_os.waits, 2);
}

static void test_task_whose_request_times_out(void **state)
{
    uint64_t begin = fake_os.now;

    (void)state;
    fake_store.asleep = true;
    req.timeout_ms = 300;
    assert_int_equal(xs_mkdir(&req, "a", xs_set_event), 0);
    assert_int_equal(xs_wait_event(&req), -ETIMEDOUT);
    assert_in_range(fake_os.now - begin, 300 * (FAKE_HZ / 1000), 401 * (FAKE_HZ / 1000));
}

static void test_task_that_cannot_wait(void **state)
{
    (void)state;
    fake_store.asleep = true;
    fake_os.wait_rc = E_OS_ACCESS;
    assert_int_equal(xs_mkdir(&req, "a", xs_set_event), 0);
    assert_int_equal(xs_wait_event(&req), -EAGAIN);
    assert_true(xs_is_busy(&req));
}

static void test_completion_activates_a_task(void **state)
{
    (void)state;
    assert_int_equal(xs_mkdir(&req, "a", xs_activate_task), 0);
    assert_int_equal(fake_os.store_tasks, 1);
    assert_int_equal(req.status, 0);
}

/* ---- a transaction in a task ---- */

static struct {
    unsigned int runs;
    unsigned int conflicts; /* to make in the first runs */
    int rc;
} work;

/* One more in the node `a`. */
static int add_one(struct xs_request *tx)
{
    assert_ptr_equal(tx->context, &work);
    work.runs++;
    (void)xs_read(tx, "a", buf, sizeof(buf), xs_set_event);
    assert_int_equal(xs_wait_event(tx), 0);
    buf[0]++;
    (void)xs_write(tx, "a", buf, 1, xs_set_event);
    assert_int_equal(xs_wait_event(tx), 0);
    if (work.runs <= work.conflicts)
        fake_store_write("a", buf, 1); /* somebody else has done the same */
    return work.rc;
}

static int transaction(unsigned int conflicts, int rc, unsigned int attempts)
{
    work.runs = 0;
    work.conflicts = conflicts;
    work.rc = rc;
    fake_store_write("a", "0", 1);
    req.context = &work;
    return xs_transaction(&req, attempts, add_one);
}

static void test_transaction_is_tried_again(void **state)
{
    (void)state;
    assert_int_equal(transaction(0, 0, 1), 0);
    assert_string_equal(fake_store_value("a"), "1");
    assert_int_equal(transaction(2, 0, 3), 0);
    assert_int_equal(work.runs, 3);
    assert_string_equal(fake_store_value("a"), "3");
    assert_int_equal(transaction(3, 0, 3), -EAGAIN);
    assert_int_equal(work.runs, 3);
    assert_string_equal(fake_store_value("a"), "3"); /* the others' */
    assert_int_equal(transaction(0, -EAGAIN, 4), -EAGAIN);
    assert_int_equal(work.runs, 4);
    assert_int_equal(transaction(0, 0, 0), -EAGAIN);
    assert_int_equal(fake_store_transactions(), 0);
}

static void test_transaction_that_does_not_want_to(void **state)
{
    (void)state;
    assert_int_equal(transaction(0, -7, 3), -7);
    assert_int_equal(work.runs, 1);
    assert_string_equal(fake_store_value("a"), "0");
    assert_int_equal(fake_store_transactions(), 0);
    for (int i = 0; i < 3; i++)
        start(&other);
    assert_int_equal(transaction(0, 0, 3), -ENOSPC);
    assert_int_equal(work.runs, 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_long_list_comes_in_parts),
        TEST(test_long_list_and_a_short_buffer),
        TEST(test_list_that_changes_meanwhile_begins_again),
        TEST(test_odd_parts),
        TEST(test_time_out_covers_all_parts),
        TEST(test_permissions),
        TEST(test_permissions_that_are_refused),
        TEST(test_longest_permissions),
        TEST(test_odd_permissions),
        TEST(test_transaction_is_seen_by_others_at_its_end),
        TEST(test_transaction_that_is_aborted_or_meets_a_conflict),
        TEST(test_transaction_that_is_not_there),
        TEST(test_odd_transaction_numbers),
        TEST(test_domain_path),
        TEST(test_task_waits_for_the_answer),
        TEST(test_two_requests_share_an_event),
        TEST(test_task_whose_request_times_out),
        TEST(test_task_that_cannot_wait),
        TEST(test_completion_activates_a_task),
        TEST(test_transaction_is_tried_again),
        TEST(test_transaction_that_does_not_want_to),
    };

    return cmocka_run_group_tests_name("xenstore calls", tests, NULL, NULL);
}
