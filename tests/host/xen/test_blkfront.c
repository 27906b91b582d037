/* SPDX-License-Identifier: Apache-2.0
 *
 * The block frontend against a backend that each test plays: what stands in the ring, answers of all
 * kinds, garbage in every index, time-outs, and connections that end with requests under way.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <arch/mem.h>

#include "drivers/xen/abi.h"
#include "drivers/xen/blkfront.h"
#include "drivers/xen/evtchn.h"
#include "drivers/xen/gnttab.h"
#include "drivers/xen/xs_engine.h"
#include "tests/host/xen/fake_os.h"
#include "tests/host/xen/fake_store.h"
#include "tests/host/xen/fake_xen.h"

#define NODE    BLKFRONT_XVDA
#define BACKEND "/local/domain/0/backend/vbd/1/51712"
#define EVENT   EVTCHN_LOW
#define SECTORS 100
#define ENTRIES 32
#define REFS    1016

static void disk_isr(void);

static void ignore(void)
{
}

const struct evtchn_cfg cfg_evtchn[CFG_EVTCHN_COUNT] = {
    [EVTCHN_CONSOLE] = {.handler = ignore},
    [EVTCHN_XENSTORE] = {.handler = xs_pump},
    [EVTCHN_LOW] = {.handler = disk_isr},
};

static struct blkfront_pages pages;
static struct blkfront disk;
static struct blkfront_request reqs[BLKFRONT_SLOTS + 1];
static uint8_t bufs[BLKFRONT_SLOTS + 1][BLKFRONT_BYTES_MAX];
static unsigned int dones;
static unsigned int changes;
static int last_change;

static void disk_isr(void)
{
    blkfront_serve(&disk);
}

static void changed(struct blkfront *which, int status)
{
    assert_ptr_equal(which, &disk);
    changes++;
    last_change = status;
}

static void done(struct blkfront_request *req)
{
    assert_true(req->status != -EAGAIN);
    dones++;
}

/* ---- the backend ---- */

static struct blkif_sring *ring(void)
{
    return (struct blkif_sring *)pages.page[0];
}

static void write_text(const char *path, const char *text)
{
    fake_store_write(path, text, strlen(text));
}

static unsigned int number(const char *path)
{
    const char *value = fake_store_value(path);

    assert_non_null(value);
    return (unsigned int)strtoul(value, NULL, 10);
}

static void well_behaved(const char *path)
{
    static const char *const answers[] = {[1] = "2", [3] = "4", [4] = "4", [5] = "5", [6] = "6"};

    if (strcmp(path, NODE "/state") == 0)
        write_text(BACKEND "/state", answers[number(path)]);
}

static uint32_t taken; /* the backend's req_cons */

static struct blkif_request take(void)
{
    assert_true(ring()->req_prod != taken);
    ring()->req_event = taken + 2;
    return ring()->ring[taken++ % ENTRIES].req;
}

static uint32_t port(void)
{
    return number(NODE "/event-channel");
}

static void put_answer(uint64_t id, uint8_t operation, int16_t status)
{
    struct blkif_response *answer = &ring()->ring[ring()->rsp_prod % ENTRIES].rsp;

    *answer = (struct blkif_response){.id = id, .operation = operation, .status = status};
    ring()->rsp_prod++;
}

static void answer_one(struct blkif_request request, int16_t status)
{
    put_answer(request.id, request.operation, status);
    fake_xen_event(port());
}

/* The page that a grant reference of the guest's stands for. */
static uint8_t *page_of_ref(uint32_t ref)
{
    const struct grant_entry_v1 *entry = &fake_xen_grants()[ref];

    assert_int_equal(entry->flags, GTF_permit_access);
    assert_int_equal(entry->domid, 0);
    for (unsigned int i = 0; i < 1 + BLKFRONT_SLOTS; i++) {
        if (entry->frame == mem_ipa(pages.page[i]) / 4096)
            return pages.page[i];
    }
    fail_msg("a grant of a page that is not the disk's");
    return NULL;
}

/* ---- setting up ---- */

static void make_nodes(void)
{
    write_text(BACKEND "/state", "2");
    write_text(BACKEND "/sectors", "100");
    write_text(BACKEND "/sector-size", "512");
    write_text(BACKEND "/feature-flush-cache", "1");
    write_text(NODE "/backend", BACKEND);
    write_text(NODE "/backend-id", "0");
    write_text(NODE "/state", "1");
}

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
    memset(reqs, 0, sizeof(reqs));
    memset(&disk, 0, sizeof(disk));
    disk = (struct blkfront){.path = NODE, .event = EVENT, .pages = &pages, .changed = changed};
    dones = changes = taken = 0;
    last_change = 1;
    make_nodes();
    fake_store.written = well_behaved;
    return gnttab_init(&fake_xen.xen) != 0 || xs_init() != 0 ? -1 : 0;
}

static int connected(void **state)
{
    if (setup(state) != 0)
        return -1;
    assert_int_equal(blkfront_open(&disk), 0);
    assert_int_equal(blkfront_status(&disk), 0);
    return 0;
}

/* The client's list outlives a test. */
static void forget_watches(void)
{
    static struct xs_request drops[2];

    (void)xs_unwatch(&drops[0], &disk.bus.own, NULL);
    (void)xs_unwatch(&drops[1], &disk.bus.other, NULL);
    fake_os_advance_ms(30000);
}

/* Whatever happened: nothing is lent, bound or under way when the disk has closed. */
static int teardown(void **state)
{
    (void)state;
    fake_store.written = well_behaved;
    blkfront_close(&disk);
    fake_os_advance_ms(30000);
    assert_int_equal(gnttab_free_count(), REFS);
    assert_int_equal(disk.port, 0);
    assert_int_equal(evtchn_send(EVENT), -ENOTCONN);
    for (size_t i = 0; i < BLKFRONT_SLOTS + 1; i++)
        assert_true(reqs[i].status != -EAGAIN);
    assert_false(xs_is_busy(&disk.timer));
    forget_watches();
    assert_int_equal(fake_store.mistakes, 0);
    assert_int_equal(fake_os.suspended, 0);
    return 0;
}

static int read_sectors(unsigned int i, uint64_t sector, size_t len)
{
    return blkfront_read(&disk, &reqs[i], sector, bufs[i], len, done);
}

static int write_sectors(unsigned int i, uint64_t sector, size_t len)
{
    return blkfront_write(&disk, &reqs[i], sector, bufs[i], len, done);
}

/* ---- ordinary requests ---- */

static void test_connects(void **state)
{
    (void)state;
    assert_int_equal(number(NODE "/state"), XenbusStateConnected);
    assert_string_equal(fake_store_value(NODE "/protocol"), "arm-abi");
    assert_ptr_equal(page_of_ref(number(NODE "/ring-ref")), pages.page[0]);
    assert_true(fake_xen.open[port()]);
    assert_int_equal(disk.sectors, SECTORS);
    assert_false(disk.readonly);
    assert_true(disk.can_flush);
    assert_int_equal(changes, 1);
    assert_int_equal(last_change, 0);
    assert_int_equal(gnttab_free_count(), REFS - 1 - BLKFRONT_SLOTS);
    assert_int_equal(fake_os.text_len, 0);
}

static void test_write(void **state)
{
    struct blkif_request request;
    uint8_t *page;

    (void)state;
    memset(bufs[0], 'w', sizeof(bufs[0]));
    assert_int_equal(write_sectors(0, 7, 1024), 0);
    assert_int_equal(reqs[0].status, -EAGAIN);
    assert_int_equal(fake_xen.sends[port()], 1);
    memset(bufs[0], 'x', sizeof(bufs[0])); /* copied already */
    request = take();
    assert_int_equal(request.operation, BLKIF_OP_WRITE);
    assert_int_equal(request.nr_segments, 1);
    assert_int_equal(request.handle, 51712);
    assert_int_equal(request.sector_number, 7);
    assert_int_equal(request.seg[0].first_sect, 0);
    assert_int_equal(request.seg[0].last_sect, 1);
    page = page_of_ref(request.seg[0].gref);
    assert_int_equal(page[0], 'w');
    assert_int_equal(page[1023], 'w');
    assert_int_equal(page[1024], 0);
    assert_int_equal(dones, 0);
    answer_one(request, BLKIF_RSP_OKAY);
    assert_int_equal(dones, 1);
    assert_int_equal(reqs[0].status, 0);
    assert_int_equal(disk.stats.done, 1);
}

static void test_read(void **state)
{
    struct blkif_request request;

    (void)state;
    memset(bufs[0], '#', sizeof(bufs[0]));
    assert_int_equal(read_sectors(0, SECTORS - 1, 512), 0);
    request = take();
    assert_int_equal(request.operation, BLKIF_OP_READ);
    assert_int_equal(request.sector_number, SECTORS - 1);
    assert_int_equal(request.seg[0].last_sect, 0);
    memset(page_of_ref(request.seg[0].gref), 'r', 4096);
    answer_one(request, BLKIF_RSP_OKAY);
    assert_int_equal(reqs[0].status, 0);
    assert_int_equal(bufs[0][0], 'r');
    assert_int_equal(bufs[0][511], 'r');
    assert_int_equal(bufs[0][512], '#');
}

static void test_flush(void **state)
{
    struct blkif_request request;

    (void)state;
    assert_int_equal(blkfront_flush(&disk, &reqs[0], done), 0);
    request = take();
    assert_int_equal(request.operation, BLKIF_OP_FLUSH_DISKCACHE);
    assert_int_equal(request.nr_segments, 0);
    answer_one(request, BLKIF_RSP_OKAY);
    assert_int_equal(reqs[0].status, 0);
}

static void test_errors_of_the_backend(void **state)
{
    static const struct {
        int16_t answer;
        int status;
    } errors[] = {
        {BLKIF_RSP_ERROR, -EIO}, {BLKIF_RSP_EOPNOTSUPP, -EOPNOTSUPP}, {1, -EIO}, {-99, -EIO}};

    (void)state;
    memset(bufs[0], '#', sizeof(bufs[0]));
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(read_sectors(0, 0, 512), 0);
        answer_one(take(), errors[i].answer);
        assert_int_equal(reqs[0].status, errors[i].status);
        assert_int_equal(bufs[0][0], '#');
    }
    assert_int_equal(disk.stats.failed, 4);
    assert_int_equal(blkfront_status(&disk), 0);
}

static void test_what_is_refused(void **state)
{
    (void)state;
    assert_int_equal(read_sectors(0, 0, 0), -EINVAL);
    assert_int_equal(read_sectors(0, 0, 511), -EINVAL);
    assert_int_equal(read_sectors(0, 0, 4608), -EINVAL);
    assert_int_equal(read_sectors(0, SECTORS, 512), -EINVAL);
    assert_int_equal(read_sectors(0, SECTORS - 1, 1024), -EINVAL);
    assert_int_equal(read_sectors(0, UINT64_MAX, 512), -EINVAL);
    assert_int_equal(read_sectors(0, UINT64_MAX - 6, 4096), -EINVAL);
    assert_int_equal(ring()->req_prod, 0);
    disk.readonly = true;
    assert_int_equal(write_sectors(0, 0, 512), -EROFS);
    disk.can_flush = false;
    assert_int_equal(blkfront_flush(&disk, &reqs[0], done), -EOPNOTSUPP);
    assert_int_equal(dones, 0);
}

static void test_readonly_is_told(void **state)
{
    assert_int_equal(setup(state), 0);
    write_text(BACKEND "/info", "4"); /* VDISK_READONLY */
    fake_store_remove(BACKEND "/feature-flush-cache");
    assert_int_equal(blkfront_open(&disk), 0);
    assert_int_equal(write_sectors(0, 0, 512), -EROFS);
    assert_int_equal(blkfront_flush(&disk, &reqs[0], done), -EOPNOTSUPP);
}

static void test_all_slots_out_of_order(void **state)
{
    struct blkif_request requests[BLKFRONT_SLOTS];

    (void)state;
    for (unsigned int i = 0; i < BLKFRONT_SLOTS; i++)
        assert_int_equal(read_sectors(i, i, 512), 0);
    assert_int_equal(read_sectors(0, 0, 512), -EBUSY);              /* under way */
    assert_int_equal(read_sectors(BLKFRONT_SLOTS, 0, 512), -EBUSY); /* no slot */
    assert_int_equal(reqs[0].status, -EAGAIN);
    for (unsigned int i = 0; i < BLKFRONT_SLOTS; i++) {
        requests[i] = take();
        assert_int_equal(requests[i].sector_number, i);
        page_of_ref(requests[i].seg[0].gref)[0] = (uint8_t)i;
    }
    for (unsigned int i = BLKFRONT_SLOTS; i-- > 0;)
        put_answer(requests[i].id, BLKIF_OP_READ, 0);
    fake_xen_event(port());
    for (unsigned int i = 0; i < BLKFRONT_SLOTS; i++) {
        assert_int_equal(reqs[i].status, 0);
        assert_int_equal(bufs[i][0], i);
    }
}

/* An event only if the backend wants one; and ours is asked for the next answer. */
static void test_events_are_saved(void **state)
{
    (void)state;
    assert_int_equal(read_sectors(0, 0, 512), 0);
    assert_int_equal(read_sectors(1, 0, 512), 0); /* it is awake already */
    assert_int_equal(fake_xen.sends[port()], 1);
    answer_one(take(), 0);
    assert_int_equal(ring()->rsp_event, 2);
    answer_one(take(), 0);
    assert_int_equal(ring()->rsp_event, 3);
    assert_int_equal(dones, 2);
}

static void test_ring_wraps(void **state)
{
    (void)state;
    for (unsigned int i = 0; i < 3 * ENTRIES; i++) {
        assert_int_equal(write_sectors(0, i, 512), 0);
        assert_int_equal(ring()->req_prod, i + 1);
        answer_one(take(), 0);
        assert_int_equal(reqs[0].status, 0);
    }
    assert_int_equal(dones, 3 * ENTRIES);
}

static struct blkfront_request *again;

static void once_more(struct blkfront_request *req)
{
    again = req;
    assert_int_equal(blkfront_read(&disk, req, 1, bufs[0], 512, done), 0);
}

static void test_completion_may_start_the_same_request(void **state)
{
    (void)state;
    assert_int_equal(blkfront_read(&disk, &reqs[0], 0, bufs[0], 512, once_more), 0);
    answer_one(take(), 0);
    assert_ptr_equal(again, &reqs[0]);
    answer_one(take(), 0);
    assert_int_equal(dones, 1);
}

/* ---- time ---- */

static void test_time_out_and_late_answer(void **state)
{
    struct blkif_request late;

    (void)state;
    reqs[0].timeout_ms = 500;
    memset(bufs[0], '#', sizeof(bufs[0]));
    assert_int_equal(read_sectors(0, 0, 512), 0);
    assert_int_equal(read_sectors(1, 0, 512), 0); /* has more time */
    fake_os_advance_ms(400);
    assert_int_equal(dones, 0);
    fake_os_advance_ms(400);
    assert_int_equal(dones, 1);
    assert_int_equal(reqs[0].status, -ETIMEDOUT);
    assert_int_equal(reqs[1].status, -EAGAIN);
    late = take();
    memset(page_of_ref(late.seg[0].gref), 'l', 4096);
    answer_one(late, 0); /* reaches nobody */
    answer_one(take(), 0);
    assert_int_equal(dones, 2);
    assert_int_equal(bufs[0][0], '#');
    assert_int_equal(disk.stats.timed_out, 1);
    assert_int_equal(disk.stats.late, 1);
    assert_int_equal(blkfront_status(&disk), 0);
    fake_os_advance_ms(300);
    assert_false(fake_os.alarm_set); /* nothing under way: no clock */
}

static void test_hung_backend_takes_slot_by_slot(void **state)
{
    (void)state;
    for (unsigned int i = 0; i < BLKFRONT_SLOTS; i++)
        assert_int_equal(read_sectors(i, 0, 512), 0);
    fake_os_advance_ms(BLKFRONT_TIMEOUT_MS + 500);
    assert_int_equal(dones, BLKFRONT_SLOTS);
    assert_int_equal(read_sectors(0, 0, 512), -EBUSY); /* it may still write to our pages */
    answer_one(take(), 0);
    assert_int_equal(read_sectors(0, 0, 512), 0);
    blkfront_close(&disk);
    assert_int_equal(reqs[0].status, -ESHUTDOWN);
    assert_int_equal(blkfront_open(&disk), 0);
    taken = 0;
    for (unsigned int i = 0; i < BLKFRONT_SLOTS; i++)
        assert_int_equal(read_sectors(i, 0, 512), 0); /* a new connection, new slots */
}

static void test_dead_store_ends_all(void **state)
{
    struct xenstore_domain_interface *page = fake_xen_store_page();

    (void)state;
    assert_int_equal(read_sectors(0, 0, 512), 0);
    page->rsp_prod = page->rsp_cons + 2000;
    fake_xen_event(FAKE_STORE_PORT);
    assert_int_equal(reqs[0].status, -EIO);
    assert_int_equal(read_sectors(1, 0, 512), -EIO); /* its time-out could not be kept */
    assert_int_equal(reqs[1].status, -EIO);
    assert_int_equal(dones, 1);
    forget_watches(); /* for the teardown: a store that works, and a disk that is new to it */
    connected(state);
}

/* ---- connections that end ---- */

static void test_detached_with_requests_under_way(void **state)
{
    uint32_t old_port = port();

    (void)state;
    assert_int_equal(read_sectors(0, 0, 512), 0);
    assert_int_equal(write_sectors(1, 0, 512), 0);
    write_text(BACKEND "/state", "5");
    assert_int_equal(reqs[0].status, -ECONNRESET);
    assert_int_equal(reqs[1].status, -ECONNRESET);
    assert_int_equal(dones, 2);
    assert_int_equal(changes, 2);
    assert_int_equal(last_change, -ECONNRESET);
    assert_int_equal(blkfront_status(&disk), -ECONNRESET);
    assert_false(fake_xen.open[old_port]);
    assert_int_equal(gnttab_free_count(), REFS);
    assert_int_equal(read_sectors(0, 0, 512), -ENOTCONN);
    fake_store_remove(NODE);
    fake_store_remove(BACKEND);
    assert_int_equal(blkfront_status(&disk), -ENODEV);
    make_nodes();
    assert_int_equal(last_change, 0);
    taken = 0;
    assert_int_equal(read_sectors(0, 0, 512), 0);
    answer_one(take(), 0);
    assert_int_equal(reqs[0].status, 0);
}

/* It tells that it begins anew when it has read already that we are connected, and by what. */
static void test_backend_that_comes_back_connects_to_what_it_has_read(void **state)
{
    uint32_t old_port = port();
    uint32_t old_ring = number(NODE "/ring-ref");

    (void)state;
    assert_int_equal(read_sectors(0, 0, 512), 0);
    fake_store.written = NULL;
    write_text(BACKEND "/state", "2");
    assert_int_equal(reqs[0].status, -ECONNRESET);
    assert_int_equal(read_sectors(0, 0, 512), -ENOTCONN);
    assert_int_equal(number(NODE "/state"), XenbusStateClosing);
    assert_true(fake_xen.open[old_port]);
    assert_ptr_equal(page_of_ref(old_ring), pages.page[0]);
    write_text(BACKEND "/state", "4");
    fake_xen_event(old_port);
    assert_int_equal(number(NODE "/state"), XenbusStateClosing);
    assert_true(fake_xen.open[old_port]);
    fake_store.written = well_behaved;
    write_text(BACKEND "/state", "5");
    assert_int_equal(blkfront_status(&disk), 0);
    assert_int_equal(gnttab_free_count(), REFS - 1 - BLKFRONT_SLOTS);
    assert_int_equal(changes, 3);
}

/* G2: a page that is still mapped is lent to nobody else, and there is no connection meanwhile. */
static void test_backend_that_keeps_a_page(void **state)
{
    int ref = disk.refs[1];

    (void)state;
    fake_xen_grants()[ref].flags |= GTF_reading | GTF_writing;
    write_text(BACKEND "/state", "5");
    assert_int_equal(fake_os_printed("keeps pages mapped"), 1);
    assert_int_equal(gnttab_free_count(), REFS - 1);
    assert_int_equal(blkfront_open(&disk), 0);
    assert_int_equal(blkfront_status(&disk), -EBUSY);
    assert_int_equal(disk.refs[1], ref);
    fake_xen_grants()[ref].flags = GTF_permit_access;
    assert_int_equal(blkfront_open(&disk), 0);
    assert_int_equal(blkfront_status(&disk), 0);
}

static void test_nothing_to_lend_or_to_bind(void **state)
{
    setup(state);
    fake_xen.fail_alloc = -ENOSPC;
    assert_int_equal(blkfront_open(&disk), 0);
    assert_int_equal(blkfront_status(&disk), -ENOSPC);
    assert_int_equal(gnttab_free_count(), REFS);
    disk.event = EVTCHN_UNUSED; /* no handler in OIL */
    fake_xen.fail_alloc = 0;
    assert_int_equal(blkfront_open(&disk), 0);
    assert_int_equal(blkfront_status(&disk), -ENOENT);
    disk.event = EVENT;
    for (unsigned int i = 0; i < REFS - BLKFRONT_SLOTS; i++)
        (void)gnttab_grant(0, pages.page[0], true);
    assert_int_equal(blkfront_open(&disk), 0);
    assert_int_equal(blkfront_status(&disk), -ENOSPC);
    for (int ref = 8; ref < 1024; ref++)
        (void)gnttab_end(ref);
    assert_int_equal(fake_os_printed("no grant or no event channel"), 3);
}

static void test_odd_geometry_is_refused(void **state)
{
    static const char *const odd[][2] = {
        {"100", "4096"}, {"100", "0"}, {"0", "512"}, {"100", "-512"}};

    for (size_t i = 0; i < 4; i++) {
        setup(state);
        write_text(BACKEND "/sectors", odd[i][0]);
        write_text(BACKEND "/sector-size", odd[i][1]);
        assert_int_equal(blkfront_open(&disk), 0);
        assert_true(blkfront_status(&disk) == -EOPNOTSUPP || blkfront_status(&disk) == -EPROTO);
        assert_int_equal(changes, 0); /* it has never been there */
        assert_int_equal(gnttab_free_count(), REFS);
        assert_int_equal(number(NODE "/state"), XenbusStateClosed);
        teardown(state);
    }
    connected(state);
}

/* ---- a backend that breaks the rules ---- */

static void expect_failed(void)
{
    assert_int_equal(fake_os_printed("breaks the ring's rules"), 1);
    assert_int_equal(blkfront_status(&disk), -EPROTO);
    assert_int_equal(last_change, -EPROTO);
    assert_int_equal(number(NODE "/state"), XenbusStateClosed);
    assert_int_equal(reqs[0].status, -EPROTO);
    assert_int_equal(gnttab_free_count(), REFS);
}

static void test_garbage_indices(void **state)
{
    static const uint32_t garbage[] = {2, 3, 32, 33, 0x7fffffff, 0x80000000, 0xffffffff};

    for (size_t i = 0; i < sizeof(garbage) / sizeof(garbage[0]); i++) {
        connected(state);
        assert_int_equal(read_sectors(0, 0, 512), 0);
        ring()->rsp_prod = garbage[i];
        fake_xen_event(port());
        expect_failed();
        teardown(state);
    }
    connected(state);
}

/* It is told at once, not when the store has heard of it. */
static void test_garbage_while_the_store_is_silent(void **state)
{
    (void)state;
    assert_int_equal(read_sectors(0, 0, 512), 0);
    fake_store.asleep = true;
    fake_store_fire(BACKEND "/state", disk.bus.other.token);
    fake_store_let_through(XENSTORE_RING_SIZE); /* XenBus asks, and gets no answer */
    ring()->rsp_prod = 77;
    fake_xen_event(port());
    assert_int_equal(blkfront_status(&disk), -EPROTO);
    assert_int_equal(read_sectors(1, 0, 512), -ENOTCONN);
    fake_store.asleep = false;
    fake_store_run();
}

static void test_garbage_answers(void **state)
{
    for (unsigned int i = 0; i < 6; i++) {
        struct blkif_request request;
        uint64_t id;

        connected(state);
        assert_int_equal(read_sectors(0, 0, 512), 0);
        assert_int_equal(read_sectors(1, 0, 512), 0);
        request = take();
        id = request.id;
        switch (i) {
        case 0: /* an unknown slot */
            put_answer(id | 0xff, BLKIF_OP_READ, 0);
            break;
        case 1: /* an unknown number */
            put_answer(id + 0x100000, BLKIF_OP_READ, 0);
            break;
        case 2: /* another operation */
            put_answer(id, BLKIF_OP_WRITE, 0);
            break;
        case 3: /* all bits */
            put_answer(UINT64_MAX, 0xff, -1);
            break;
        case 4: /* a slot that nobody uses */
            put_answer(0, BLKIF_OP_READ, 0);
            break;
        default: /* twice; then the first request gets its answer before */
            put_answer(id, BLKIF_OP_READ, 0);
            put_answer(id, BLKIF_OP_READ, 0);
        }
        fake_xen_event(port());
        if (i == 5)
            reqs[0].status = reqs[1].status;
        expect_failed();
        teardown(state);
    }
    connected(state);
}

/* Only its own clock is hurt by a req_event that is wrong; a changing rsp_prod runs no loop. */
static void test_odd_req_event(void **state)
{
    (void)state;
    ring()->req_event = 0xdeadbeef;
    assert_int_equal(read_sectors(0, 0, 512), 0);
    assert_int_equal(fake_xen.sends[port()], 0);
    fake_os_advance_ms(BLKFRONT_TIMEOUT_MS + 500);
    assert_int_equal(reqs[0].status, -ETIMEDOUT);
}

/* ---- anything ---- */

static struct blkif_request open_requests[BLKFRONT_SLOTS]; /* id 0: none */

static void answer_any(void)
{
    unsigned int i = (unsigned int)rand() % BLKFRONT_SLOTS;
    static const int16_t statuses[] = {0, 0, 0, -1, -2, 77};

    if (ring()->req_prod != taken && open_requests[i].id == 0)
        open_requests[i] = take();
    if (open_requests[i].id == 0)
        return;
    answer_one(open_requests[i], statuses[rand() % 6]);
    open_requests[i].id = 0;
}

static void scribble(void)
{
    uint32_t *word = (uint32_t *)(void *)pages.page[0];

    word[rand() % (rand() % 2 ? 4 : 1024)] = rand() % 2 ? (uint32_t)rand() : 0xffffffffu;
    fake_xen_event(port());
}

static void random_step(void)
{
    unsigned int i = (unsigned int)rand() % (BLKFRONT_SLOTS + 1);
    uint64_t sector = (uint64_t)rand() % SECTORS;

    switch (rand() % 16) {
    case 0:
        scribble();
        break;
    case 1:
        fake_os_advance_ms((unsigned int)rand() % 3000);
        break;
    case 2:
        write_text(BACKEND "/state", rand() % 2 ? "5" : "2");
        break;
    case 3:
    case 4:
    case 5:
        (void)read_sectors(i, sector, 512);
        break;
    case 6:
    case 7:
        (void)write_sectors(i, sector, 4096);
        break;
    case 8:
        (void)blkfront_flush(&disk, &reqs[i], done);
        break;
    default:
        if (disk.online)
            answer_any();
    }
}

static void test_random(void **state)
{
    unsigned int lives = 0;
    unsigned int good = 0;

    srand(11);
    for (unsigned int step = 0; step < 200000; step++) {
        uint32_t connection = disk.connection;

        random_step();
        good += disk.stats.done;
        disk.stats.done = 0;
        if (disk.online && disk.connection == connection)
            continue;
        (void)blkfront_open(&disk);
        assert_int_equal(blkfront_status(&disk), 0);
        taken = 0;
        memset(open_requests, 0, sizeof(open_requests));
        fake_os.text_len = 0;
        lives++;
    }
    assert_in_range(lives, 1000, 100000);
    assert_in_range(good, 10000, 200000);
    (void)state;
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, connected, teardown)
#define BARE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_connects),
        TEST(test_write),
        TEST(test_read),
        TEST(test_flush),
        TEST(test_errors_of_the_backend),
        TEST(test_what_is_refused),
        BARE(test_readonly_is_told),
        TEST(test_all_slots_out_of_order),
        TEST(test_events_are_saved),
        TEST(test_ring_wraps),
        TEST(test_completion_may_start_the_same_request),
        TEST(test_time_out_and_late_answer),
        TEST(test_hung_backend_takes_slot_by_slot),
        TEST(test_dead_store_ends_all),
        TEST(test_detached_with_requests_under_way),
        TEST(test_backend_that_comes_back_connects_to_what_it_has_read),
        TEST(test_backend_that_keeps_a_page),
        BARE(test_nothing_to_lend_or_to_bind),
        BARE(test_odd_geometry_is_refused),
        BARE(test_garbage_indices),
        TEST(test_garbage_while_the_store_is_silent),
        BARE(test_garbage_answers),
        TEST(test_odd_req_event),
        TEST(test_random),
    };

    return cmocka_run_group_tests_name("blkfront", tests, NULL, NULL);
}
