/* SPDX-License-Identifier: Apache-2.0
 *
 * The XenBus machine against the fake store: every pair of states, backends that are slow, vanish,
 * come back or write garbage, a store that does not answer, and a long random walk.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/xen/abi.h"
#include "drivers/xen/evtchn.h"
#include "drivers/xen/xenbus.h"
#include "drivers/xen/xs_engine.h"
#include "tests/host/xen/fake_os.h"
#include "tests/host/xen/fake_store.h"
#include "tests/host/xen/fake_xen.h"

#define NODE    "device/vbd/51712"
#define BACKEND "/local/domain/0/backend/vbd/1/51712"

static void ignore(void)
{
}

const struct evtchn_cfg cfg_evtchn[CFG_EVTCHN_COUNT] = {
    [EVTCHN_CONSOLE] = {.handler = ignore},
    [EVTCHN_XENSTORE] = {.handler = xs_pump},
};

/* ---- a driver that counts its calls, and that they come in order ---- */

static struct {
    unsigned int publish, connect, disconnect, release;
    int publish_rc, connect_rc;
    int why;
    uint64_t values[2];
    bool in_use, lent, connected;
} calls;

static struct xenbus_key keys[] = {{.name = "ring-ref"}, {.name = "protocol", .text = "arm-abi"}};
static const struct xenbus_property properties[] = {{"sectors", true}, {"info", false}};

static int publish(struct xenbus_device *dev)
{
    assert_false(calls.in_use);
    calls.publish++;
    if (calls.publish_rc != 0)
        return calls.publish_rc;
    calls.in_use = calls.lent = true;
    dev->keys[0].number = 40 + calls.publish;
    return 0;
}

static int connect(struct xenbus_device *dev, const uint64_t *values)
{
    (void)dev;
    assert_true(calls.in_use);
    assert_false(calls.connected);
    calls.connect++;
    calls.connected = calls.connect_rc == 0;
    memcpy(calls.values, values, sizeof(calls.values));
    return calls.connect_rc;
}

static void disconnect(struct xenbus_device *dev, int why)
{
    assert_true(calls.in_use);
    assert_true(why < 0);
    assert_int_equal(dev->error, why);
    calls.in_use = calls.connected = false;
    calls.disconnect++;
    calls.why = why;
}

static void release(struct xenbus_device *dev)
{
    (void)dev;
    assert_false(calls.in_use);
    assert_true(calls.lent);
    calls.lent = false;
    calls.release++;
}

static const struct xenbus_driver driver = {.properties = properties,
                                            .property_count = 2,
                                            .publish = publish,
                                            .connect = connect,
                                            .disconnect = disconnect,
                                            .release = release};

static struct xenbus_device dev;

/* ---- dom0 ---- */

static void write_text(const char *path, const char *text)
{
    fake_store_write(path, text, strlen(text));
}

static void backend_says(const char *state)
{
    write_text(BACKEND "/state", state);
}

static void backend_is(unsigned int state)
{
    backend_says((const char[]){(char)('0' + state), 0});
}

static unsigned int backend_state(void)
{
    const char *value = fake_store_value(BACKEND "/state");

    return value != NULL ? (unsigned int)(*value - '0') : 0;
}

static unsigned int front(void)
{
    const char *value = fake_store_value(NODE "/state");

    return value != NULL ? (unsigned int)(*value - '0') : 0;
}

/* As the toolstack makes a device: at once, in a transaction. */
static void make_nodes(unsigned int state)
{
    bool was = fake_store.asleep;

    fake_store.asleep = true;
    write_text(BACKEND "/sectors", "2048");
    backend_is(state);
    write_text(NODE "/backend", BACKEND);
    write_text(NODE "/backend-id", "0");
    write_text(NODE "/state", "1");
    fake_store.asleep = was;
    if (!was)
        fake_store_run();
}

static void remove_nodes(void)
{
    fake_store_remove(NODE);
    fake_store_remove(BACKEND);
}

static unsigned int closings; /* seen by the backend */

/* What Linux's xen-blkback does, which is what all backends do. */
static void well_behaved(const char *path)
{
    if (strcmp(path, NODE "/state") != 0)
        return;
    switch (front()) {
    case XenbusStateInitialising:
        if (backend_state() == XenbusStateClosed)
            backend_is(XenbusStateInitWait);
        break;
    case XenbusStateInitialised:
    case XenbusStateConnected:
        assert_non_null(
            fake_store_value(NODE "/ring-ref")); /* all is there before the state says so */
        assert_string_equal(fake_store_value(NODE "/protocol"), "arm-abi");
        if (backend_state() != XenbusStateConnected)
            backend_is(XenbusStateConnected);
        break;
    case XenbusStateClosing:
        closings++;
        backend_is(XenbusStateClosing);
        break;
    case XenbusStateClosed:
        backend_is(XenbusStateClosed);
        break;
    default:
        fail_msg("the frontend is in state %u", front());
    }
}

/* ---- setting up ---- */

static int setup(void **state)
{
    (void)state;
    if (fake_os.alarm_set) /* the store's client counts on it */
        fake_os_advance_ms(1000);
    fake_os_reset();
    fake_xen_reset();
    fake_store_reset(0);
    fake_os.started = true;
    fake_os.run_task = true;
    evtchn_init(&fake_xen.xen);
    memset(&calls, 0, sizeof(calls));
    closings = 0;
    memset(&dev, 0, sizeof(dev));
    dev = (struct xenbus_device){.path = NODE, .driver = &driver, .keys = keys, .key_count = 2};
    return xs_init();
}

/* The client's list outlives a test. */
static void forget_watches(void)
{
    static struct xs_request reqs[2];

    (void)xs_unwatch(&reqs[0], &dev.own, NULL);
    (void)xs_unwatch(&reqs[1], &dev.other, NULL);
    fake_os_advance_ms(30000);
}

static int teardown(void **state)
{
    (void)state;
    fake_os_advance_ms(30000);
    forget_watches();
    assert_false(xs_is_busy(&dev.req));
    assert_false(xs_is_busy(&dev.timer));
    assert_false(xs_is_busy(&dev.kick));
    assert_int_equal(fake_store.mistakes, 0);
    assert_int_equal(fake_os.suspended, 0);
    return 0;
}

static void open_connected(void)
{
    fake_store.written = well_behaved;
    make_nodes(XenbusStateInitWait);
    assert_int_equal(xenbus_open(&dev), 0);
    assert_int_equal(front(), XenbusStateConnected);
    assert_true(calls.connected);
}

/* ---- the ordinary life ---- */

static void test_connects_step_by_step(void **state)
{
    (void)state;
    make_nodes(XenbusStateInitialising);
    write_text(BACKEND "/info", "4");
    assert_int_equal(xenbus_open(&dev), 0);
    assert_int_equal(front(), XenbusStateInitialising);
    assert_int_equal(calls.publish, 0);
    assert_int_equal(dev.error, -EAGAIN);
    backend_is(XenbusStateInitWait);
    assert_int_equal(front(), XenbusStateInitialised);
    assert_string_equal(fake_store_value(NODE "/ring-ref"), "41");
    assert_string_equal(fake_store_value(NODE "/protocol"), "arm-abi");
    assert_int_equal(calls.connect, 0);
    backend_is(XenbusStateConnected);
    assert_int_equal(front(), XenbusStateConnected);
    assert_int_equal(calls.connect, 1);
    assert_int_equal(calls.values[0], 2048);
    assert_int_equal(calls.values[1], 4);
    assert_int_equal(dev.error, 0);
    assert_int_equal(dev.state, XenbusStateConnected);
    assert_int_equal(xenbus_id(&dev), 51712);
    assert_int_equal(fake_os.text_len, 0);
}

/* Detached by the toolstack: it writes 5, and removes the nodes when the backend has closed. */
static void test_detached_and_attached(void **state)
{
    (void)state;
    open_connected();
    backend_is(XenbusStateClosing);
    assert_int_equal(front(), XenbusStateClosed);
    assert_int_equal(backend_state(), XenbusStateClosed);
    assert_int_equal(calls.why, -ECONNRESET);
    assert_int_equal(calls.release, 1);
    fake_os_advance_ms(30000);
    assert_int_equal(front(), XenbusStateClosed); /* in peace */
    remove_nodes();
    assert_int_equal(dev.state, XenbusStateUnknown);
    assert_int_equal(dev.error, -ENODEV);
    make_nodes(XenbusStateInitWait);
    assert_int_equal(front(), XenbusStateConnected);
    assert_int_equal(calls.connect, 2);
}

static void test_no_device_until_it_is_attached(void **state)
{
    (void)state;
    fake_store.written = well_behaved;
    assert_int_equal(xenbus_open(&dev), 0);
    fake_os_advance_ms(30000);
    assert_int_equal(dev.error, -ENODEV);
    assert_false(fake_os.alarm_set); /* waits without a clock */
    assert_int_equal(fake_os.text_len, 0);
    make_nodes(XenbusStateInitWait);
    assert_int_equal(front(), XenbusStateConnected);
}

/* Removed and made anew while the guest slept: both watches have merged into one event. */
static void test_made_anew_unseen(void **state)
{
    (void)state;
    open_connected();
    fake_store.asleep = true;
    remove_nodes();
    make_nodes(XenbusStateInitWait);
    assert_int_equal(calls.disconnect, 0);
    fake_store.asleep = false;
    fake_store_run();
    assert_int_equal(calls.disconnect, 1);
    assert_int_equal(calls.why, -ENODEV);
    assert_int_equal(calls.release, 1);
    assert_int_equal(front(), XenbusStateConnected);
    assert_int_equal(calls.connect, 2);
}

static void test_own_close_and_open(void **state)
{
    (void)state;
    open_connected();
    xenbus_close(&dev);
    assert_int_equal(front(), XenbusStateClosed);
    assert_int_equal(calls.why, -ESHUTDOWN);
    assert_int_equal(calls.release, 1);
    backend_is(XenbusStateInitWait); /* not even then */
    fake_os_advance_ms(30000);
    assert_int_equal(front(), XenbusStateClosed);
    backend_is(XenbusStateClosed);
    assert_int_equal(xenbus_open(&dev), 0);
    assert_int_equal(front(), XenbusStateConnected);
    assert_int_equal(xenbus_open(&dev), 0); /* open already */
    assert_int_equal(dev.error, 0);
    backend_is(XenbusStateClosing);
    assert_int_equal(front(), XenbusStateClosed);
}

static void test_close_without_a_device(void **state)
{
    (void)state;
    fake_store.written = well_behaved;
    assert_int_equal(xenbus_open(&dev), 0);
    xenbus_close(&dev);
    make_nodes(XenbusStateInitWait);
    assert_int_equal(front(), XenbusStateInitialising); /* the toolstack's */
    assert_int_equal(calls.publish, 0);
    assert_int_equal(xenbus_open(&dev), 0);
    assert_int_equal(front(), XenbusStateConnected);
    assert_int_equal(closings, 0); /* that close() is over */
}

static void test_close_while_connecting(void **state)
{
    (void)state;
    fake_store.written = well_behaved;
    make_nodes(XenbusStateInitialising);
    assert_int_equal(xenbus_open(&dev), 0);
    xenbus_close(&dev);
    assert_int_equal(front(), XenbusStateClosed);
    assert_int_equal(backend_state(), XenbusStateClosed);
    assert_int_equal(dev.error, -ESHUTDOWN);
    assert_int_equal(calls.publish, 0);
}

static void test_the_driver_gives_up(void **state)
{
    (void)state;
    open_connected();
    xenbus_fail(&dev, -EPROTO);
    assert_int_equal(front(), XenbusStateClosed);
    assert_int_equal(dev.error, -EPROTO);
    assert_int_equal(calls.why, -EPROTO);
    fake_os_advance_ms(30000);
    assert_int_equal(front(), XenbusStateClosed);
    backend_is(XenbusStateInitWait); /* it has come back by itself */
    assert_int_equal(front(), XenbusStateConnected);
}

/* Both before the machine had its turn: the connection that is at fault is not the one that was asked for. */
static void test_close_and_open_at_once(void **state)
{
    (void)state;
    open_connected();
    SuspendAllInterrupts();
    xenbus_fail(&dev, -EPROTO);
    xenbus_close(&dev);
    assert_int_equal(xenbus_open(&dev), 0);
    ResumeAllInterrupts();
    fake_os_advance_ms(30000);
    assert_int_equal(calls.disconnect, 1);
    assert_int_equal(calls.publish, 2);
    assert_int_equal(front(), XenbusStateConnected);
    assert_int_equal(dev.error, 0);
}

/* ---- every pair of states ---- */

/* The frontend is in `ours`; the backend goes to `theirs`, and says nothing more. */
static const struct {
    uint8_t ours, theirs, then;
} pairs[] = {
    {1, 0, 1},
    {1, 1, 1},
    {1, 2, 3},
    {1, 3, 3},
    {1, 4, 5},
    {1, 5, 6},
    {1, 6, 1},
    {1, 7, 5},
    {1, 8, 5},
    {3, 0, 6},
    {3, 1, 3},
    {3, 2, 3},
    {3, 3, 3},
    {3, 4, 4},
    {3, 5, 6},
    {3, 6, 6},
    {3, 7, 3},
    {3, 8, 3},
    /* Closed, and at once again at the beginning, for 1 says that it has come back. */
    {4, 0, 6},
    {4, 1, 1},
    {4, 2, 5}, /* it may be connecting to what it had read of us */
    {4, 3, 5},
    {4, 4, 4},
    {4, 5, 6},
    {4, 6, 6},
    {4, 7, 4},
    {4, 8, 4},
    {5, 0, 6},
    {5, 1, 6},
    {5, 2, 5},
    {5, 3, 5},
    {5, 4, 5},
    {5, 5, 6},
    {5, 6, 6},
    {5, 7, 5},
    {5, 8, 5},
    {6, 0, 6},
    {6, 1, 1},
    {6, 2, 3},
    {6, 3, 3},
    {6, 4, 6},
    {6, 5, 6},
    {6, 6, 6},
    {6, 7, 6},
    {6, 8, 6},
};

static void bring_to(unsigned int ours)
{
    make_nodes(ours == XenbusStateInitialising ? XenbusStateInitialising : XenbusStateInitWait);
    assert_int_equal(xenbus_open(&dev), 0);
    if (ours >= XenbusStateConnected)
        backend_is(XenbusStateConnected);
    if (ours == XenbusStateClosing)
        xenbus_fail(&dev, -EPROTO);
    if (ours == XenbusStateClosed)
        backend_is(XenbusStateClosing);
    assert_int_equal(front(), ours);
}

static void test_every_pair_of_states(void **state)
{
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        assert_int_equal(setup(state), 0);
        bring_to(pairs[i].ours);
        if (pairs[i].theirs == XenbusStateUnknown)
            fake_store_remove(BACKEND "/state");
        else
            backend_is(pairs[i].theirs);
        if (front() != pairs[i].then)
            fail_msg("we %u, backend %u: then we %u, not %u", pairs[i].ours, pairs[i].theirs,
                     front(), pairs[i].then);
        assert_int_equal(dev.state, front());
        assert_int_equal(calls.in_use, front() == 3 || front() == 4);
        teardown(state);
    }
    assert_int_equal(setup(state), 0);
}

/* What a system wrote that ran in this domain before, as with kexec: both ends seem connected. */
static void test_left_over_from_another_life(void **state)
{
    (void)state;
    for (unsigned int ours = 0; ours <= 8; ours++) {
        for (unsigned int theirs = 1; theirs <= 6; theirs++) {
            setup(state);
            fake_store.written = well_behaved;
            make_nodes(theirs);
            write_text(NODE "/state", (const char[]){(char)('0' + ours), 0});
            assert_int_equal(xenbus_open(&dev), 0);
            if (theirs == XenbusStateInitialising)
                backend_is(XenbusStateInitWait);
            if (theirs == XenbusStateClosed && ours == XenbusStateInitialising)
                backend_is(XenbusStateInitWait); /* it heard of our 1 before */
            assert_int_equal(front(), XenbusStateConnected);
            teardown(state);
        }
    }
    setup(state);
}

static void test_backend_reloaded(void **state)
{
    (void)state;
    open_connected();
    backend_is(XenbusStateInitWait); /* rmmod and insmod between two looks of ours */
    assert_int_equal(calls.disconnect, 1);
    assert_int_equal(calls.why, -ECONNRESET);
    assert_int_equal(calls.release, 1);
    assert_int_equal(front(), XenbusStateConnected);
    assert_int_equal(calls.connect, 2);
}

static void test_backend_vanishes_and_comes_back(void **state)
{
    (void)state;
    open_connected();
    fake_store.written = NULL;
    fake_store_remove(BACKEND);
    assert_int_equal(front(), XenbusStateClosed);
    assert_int_equal(calls.release, 1);
    fake_store.written = well_behaved;
    write_text(BACKEND "/sectors", "4096");
    backend_is(XenbusStateInitialising);
    assert_int_equal(front(), XenbusStateInitialising);
    backend_is(XenbusStateInitWait);
    assert_int_equal(front(), XenbusStateConnected);
    assert_int_equal(calls.values[0], 4096);
}

/* ---- time ---- */

static void test_slow_backend_is_told_once_and_welcome(void **state)
{
    (void)state;
    make_nodes(XenbusStateInitialising);
    assert_int_equal(xenbus_open(&dev), 0);
    fake_os_advance_ms(XENBUS_TIMEOUT_MS - 1000);
    assert_int_equal(dev.error, -EAGAIN);
    fake_os_advance_ms(3000);
    assert_int_equal(dev.error, -ETIMEDOUT);
    assert_int_equal(fake_os_printed("does not go on from state 1; ours is 1"), 1);
    fake_os_advance_ms(60000);
    assert_int_equal(fake_os_printed("does not go on"), 1);
    assert_false(fake_os.alarm_set); /* no clock runs for it */
    backend_is(XenbusStateInitWait);
    assert_int_equal(front(), XenbusStateInitialised);
    fake_os_advance_ms(XENBUS_TIMEOUT_MS + 2000);
    assert_int_equal(fake_os_printed("does not go on from state 2; ours is 3"), 1);
    backend_is(XenbusStateConnected);
    assert_int_equal(front(), XenbusStateConnected);
    assert_int_equal(dev.error, 0);
}

static void test_we_can_close_alone(void **state)
{
    (void)state;
    open_connected();
    fake_store.written = NULL; /* it hangs */
    xenbus_close(&dev);
    assert_int_equal(front(), XenbusStateClosing);
    assert_int_equal(calls.disconnect, 1);
    fake_os_advance_ms(XENBUS_TIMEOUT_MS + 2000);
    assert_int_equal(front(), XenbusStateClosed);
    assert_int_equal(calls.release, 0); /* it may have our pages mapped still */
    backend_is(XenbusStateClosed);
    assert_int_equal(calls.release, 1);
}

/* The time for Closing begins with Closing, however late the backend was before. */
static void test_late_backend_has_time_to_close(void **state)
{
    (void)state;
    make_nodes(XenbusStateInitWait);
    assert_int_equal(xenbus_open(&dev), 0);
    backend_is(XenbusStateInitialised);
    fake_os_advance_ms(XENBUS_TIMEOUT_MS + 2000);
    assert_int_equal(dev.error, -ETIMEDOUT);
    xenbus_close(&dev);
    fake_os_advance_ms(XENBUS_TIMEOUT_MS - 2000);
    assert_int_equal(front(), XenbusStateClosing);
    fake_os_advance_ms(4000);
    assert_int_equal(front(), XenbusStateClosed);
}

/* What fires a watch does not begin the time anew. */
static void test_busy_backend_is_late_all_the_same(void **state)
{
    (void)state;
    make_nodes(XenbusStateInitialising);
    assert_int_equal(xenbus_open(&dev), 0);
    for (unsigned int i = 0; i < 12; i++) {
        fake_os_advance_ms(1000);
        backend_is(XenbusStateInitialising);
        write_text(NODE "/something", "else");
    }
    assert_int_equal(dev.error, -ETIMEDOUT);
}

static void test_store_that_does_not_answer(void **state)
{
    (void)state;
    make_nodes(XenbusStateInitWait);
    fake_store.written = well_behaved;
    fake_store.asleep = true;
    assert_int_equal(xenbus_open(&dev), 0);
    fake_os_advance_ms(60000);
    assert_int_equal(dev.error, -ETIMEDOUT);
    assert_int_equal(fake_os_printed("xenbus: " NODE), 1);
    assert_false(fake_os.alarm_set);
    fake_store.asleep = false;
    fake_store_run();
    assert_int_equal(xenbus_open(&dev), 0); /* given up: somebody must ask */
    assert_int_equal(front(), XenbusStateConnected);
}

/* Three attempts for one thing, not in a whole life. */
static void test_store_that_stops_now_and_then(void **state)
{
    (void)state;
    open_connected();
    for (unsigned int i = 0; i < 10; i++) {
        fake_store.asleep = true;
        backend_is(XenbusStateConnected);
        fake_store_let_through(XENSTORE_RING_SIZE);
        fake_os_advance_ms(2500);
        fake_store.asleep = false;
        fake_store_run();
        fake_os_advance_ms(3000);
    }
    assert_int_equal(front(), XenbusStateConnected);
    assert_int_equal(fake_os.text_len, 0);
}

static void test_store_that_stops_for_a_while(void **state)
{
    (void)state;
    open_connected();
    fake_store.asleep = true;
    backend_is(XenbusStateClosing);
    fake_store_let_through(XENSTORE_RING_SIZE); /* the event; its question is not answered */
    fake_os_advance_ms(3000);
    assert_int_equal(calls.disconnect, 0);
    fake_store.asleep = false;
    fake_store_run();
    fake_os_advance_ms(3000); /* the second attempt */
    assert_int_equal(front(), XenbusStateClosed);
    assert_int_equal(calls.release, 1);
    assert_int_equal(fake_os.text_len, 0);
}

static void test_dead_store(void **state)
{
    struct xenstore_domain_interface *page = fake_xen_store_page();

    (void)state;
    assert_int_equal(xenbus_open(&dev), 0);
    page->rsp_prod = page->rsp_cons + 2000;
    fake_xen_event(FAKE_STORE_PORT);
    assert_int_equal(xenbus_open(&dev), -EIO);
    assert_int_equal(dev.error, -EIO);
    xenbus_close(&dev);
    setup(state);
}

/* ---- garbage ---- */

static void test_garbage_states(void **state)
{
    static const struct {
        const char *text;
        size_t len;
    } garbage[] = {{"banana", 6}, {"9", 1},           {"", 0},    {"4\0x", 3}, {"-1", 2}, {" 4", 2},
                   {"4 ", 2},     {"4294967300", 10}, {"\xff", 1}};

    (void)state;
    for (size_t i = 0; i < sizeof(garbage) / sizeof(garbage[0]); i++) {
        setup(state);
        open_connected();
        fake_store.written = NULL; /* Linux cannot leave such a state by itself */
        fake_store_write(BACKEND "/state", garbage[i].text, garbage[i].len);
        assert_int_equal(front(), XenbusStateClosed);
        assert_int_equal(calls.why, -ECONNRESET);
        assert_int_equal(calls.release, 0); /* who knows what it still has mapped */
        assert_int_equal(fake_os_printed("is no state"), 1);
        teardown(state);
    }
    setup(state);
}

static void test_state_longer_than_any(void **state)
{
    char text[1000];

    (void)state;
    open_connected();
    memset(text, '4', sizeof(text));
    fake_store_write(BACKEND "/state", text, sizeof(text));
    assert_int_equal(front(), XenbusStateClosed);
}

static void expect_no_connection(const char *path, const char *text, int error)
{
    setup(NULL);
    fake_store.written = well_behaved;
    make_nodes(XenbusStateInitWait);
    if (text != NULL)
        write_text(path, text);
    else
        fake_store_remove(path);
    assert_int_equal(xenbus_open(&dev), 0);
    fake_os_advance_ms(30000);
    assert_false(calls.connected);
    assert_int_equal(dev.error, error);
    assert_int_equal(fake_os_printed("xenbus: "), 1);
    teardown(NULL);
}

static void test_garbage_in_the_nodes(void **state)
{
    char path[XENBUS_PATH_BYTES * 2];

    memset(path, '/', sizeof(path));
    path[sizeof(path) - 1] = 0;
    expect_no_connection(NODE "/backend", NULL, -ENOENT);
    expect_no_connection(NODE "/backend", "", -EPROTO);
    expect_no_connection(NODE "/backend", "backend/vbd/1/51712", -EPROTO);
    expect_no_connection(NODE "/backend", path, -EPROTO);
    path[XENBUS_PATH_BYTES - 31] = 0;
    expect_no_connection(NODE "/backend", path, -EPROTO);
    expect_no_connection(NODE "/backend-id", NULL, -ENOENT);
    expect_no_connection(NODE "/backend-id", "dom0", -EPROTO);
    expect_no_connection(NODE "/backend-id", "32752", -EPROTO);
    expect_no_connection(BACKEND "/sectors", NULL, -EPROTO);
    expect_no_connection(BACKEND "/sectors", "many", -EPROTO);
    expect_no_connection(BACKEND "/sectors", "18446744073709551616", -EPROTO);
    expect_no_connection(BACKEND "/info", "0x4", -EPROTO);
    setup(state);
}

static void test_bad_calls(void **state)
{
    static char path[XENBUS_PATH_BYTES];

    (void)state;
    dev.path = "";
    assert_int_equal(xenbus_open(&dev), -EINVAL);
    memset(path, 'p', XENBUS_PATH_BYTES - 31);
    dev.path = path;
    assert_int_equal(xenbus_open(&dev), -EINVAL);
    dev.path = NODE;
    dev.driver = NULL;
    assert_int_equal(xenbus_open(&dev), -EINVAL);
}

/* ---- a driver that cannot ---- */

static void test_publish_fails(void **state)
{
    (void)state;
    fake_store.written = well_behaved;
    make_nodes(XenbusStateInitWait);
    calls.publish_rc = -ENOSPC;
    assert_int_equal(xenbus_open(&dev), 0);
    fake_os_advance_ms(30000);
    assert_int_equal(front(), XenbusStateClosed);
    assert_int_equal(dev.error, -ENOSPC);
    assert_int_equal(calls.publish, 1); /* not again and again */
    assert_int_equal(calls.disconnect + calls.release, 0);
    calls.publish_rc = 0;
    assert_int_equal(xenbus_open(&dev), 0);
    assert_int_equal(front(), XenbusStateConnected);
}

static void test_connect_refuses(void **state)
{
    (void)state;
    fake_store.written = well_behaved;
    make_nodes(XenbusStateInitWait);
    calls.connect_rc = -EOPNOTSUPP;
    assert_int_equal(xenbus_open(&dev), 0);
    fake_os_advance_ms(30000);
    assert_int_equal(front(), XenbusStateClosed);
    assert_int_equal(dev.error, -EOPNOTSUPP);
    assert_int_equal(calls.publish, 1);
    assert_int_equal(calls.why, -EOPNOTSUPP);
    assert_int_equal(calls.release, 1);
}

/* ---- anything ---- */

static void random_event(void)
{
    switch (rand() % 12) {
    case 0:
        backend_says(rand() % 2 ? "garbage" : "");
        break;
    case 1:
        fake_store_remove(BACKEND);
        break;
    case 2:
        remove_nodes();
        break;
    case 3:
        make_nodes((unsigned int)rand() % 7);
        break;
    case 4:
        xenbus_close(&dev);
        break;
    case 5:
        assert_int_equal(xenbus_open(&dev), 0);
        break;
    case 6:
        xenbus_fail(&dev, -EPROTO);
        break;
    case 7:
        fake_store.asleep = !fake_store.asleep;
        if (!fake_store.asleep)
            fake_store_run();
        break;
    case 8:
        fake_store.written = rand() % 2 ? well_behaved : NULL;
        break;
    case 9:
        fake_os_advance_ms((unsigned int)rand() % 20000);
        break;
    default:
        backend_is((unsigned int)rand() % 9);
    }
}

/* The driver's functions check their order. In between, an ordinary device must connect again. */
static void test_random_walk(void **state)
{
    unsigned int connected = 0;

    (void)state;
    srand(4);
    for (unsigned int step = 0; step < 60000; step++) {
        random_event();
        if (step % 60 != 0)
            continue;
        fake_store.written = well_behaved;
        fake_store.asleep = false;
        fake_store_run();
        remove_nodes();
        fake_os_advance_ms(20000);
        make_nodes(XenbusStateInitWait);
        assert_int_equal(xenbus_open(&dev), 0);
        fake_os_advance_ms(20000);
        assert_int_equal(front(), XenbusStateConnected);
        connected += calls.connected;
    }
    assert_int_equal(connected, 1000);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_connects_step_by_step),
        TEST(test_detached_and_attached),
        TEST(test_no_device_until_it_is_attached),
        TEST(test_made_anew_unseen),
        TEST(test_own_close_and_open),
        TEST(test_close_without_a_device),
        TEST(test_close_while_connecting),
        TEST(test_the_driver_gives_up),
        TEST(test_close_and_open_at_once),
        TEST(test_every_pair_of_states),
        TEST(test_left_over_from_another_life),
        TEST(test_backend_reloaded),
        TEST(test_backend_vanishes_and_comes_back),
        TEST(test_slow_backend_is_told_once_and_welcome),
        TEST(test_we_can_close_alone),
        TEST(test_late_backend_has_time_to_close),
        TEST(test_busy_backend_is_late_all_the_same),
        TEST(test_store_that_does_not_answer),
        TEST(test_store_that_stops_now_and_then),
        TEST(test_store_that_stops_for_a_while),
        TEST(test_dead_store),
        TEST(test_garbage_states),
        TEST(test_state_longer_than_any),
        TEST(test_garbage_in_the_nodes),
        TEST(test_bad_calls),
        TEST(test_publish_fails),
        TEST(test_connect_refuses),
        TEST(test_random_walk),
    };

    return cmocka_run_group_tests_name("xenbus", tests, NULL, NULL);
}
