/* SPDX-License-Identifier: Apache-2.0
 *
 * A disk, and below it XenBus: a toolstack that makes and removes its nodes and writes garbage into
 * them, and a backend that serves, closes, falls silent, or writes anything into the ring. Each
 * request ends once, and what is read from a backend that keeps the rules is the sector's.
 */
#include <errno.h>
#include <string.h>

#include <arch/mem.h>

#include "drivers/xen/abi.h"
#include "drivers/xen/blkfront.h"
#include "drivers/xen/gnttab.h"
#include "tests/host/xen/fake_os.h"
#include "tests/host/xen/fake_store.h"
#include "tests/host/xen/fake_xen.h"
#include "tests/host/xen/hostile.h"

#define NODE     BLKFRONT_XVDA
#define BACKEND  "/local/domain/0/backend/vbd/7/51712"
#define SECTORS  100u
#define ENTRIES  32u
#define REQUESTS (BLKFRONT_SLOTS + 1)

static void changed(struct blkfront *which, int status);

static struct blkfront_pages pages;
static struct blkfront disk = {
    .path = NODE, .event = EVTCHN_DISK, .pages = &pages, .changed = changed};
static bool is_there; /* as `changed` has told */

static struct {
    struct blkfront_request req;
    uint8_t buf[BLKFRONT_BYTES_MAX + 1];
    uint64_t sector;
    size_t len;
    bool is_read;
    bool busy;
} mine[REQUESTS];

static struct {
    bool is_connected; /* it has heard of the ring, and not of its end */
    bool is_mad;       /* it has broken the ring's rules since */
    uint32_t taken;
    struct blkif_request held[BLKFRONT_SLOTS];
    unsigned int held_count;
    uint8_t medium[SECTORS * BLKFRONT_SECTOR];
} backend;

/* ---- the application ---- */

void hostile_disk_event(void)
{
    blkfront_serve(&disk);
}

static void changed(struct blkfront *which, int status)
{
    require(which == &disk && is_there == (status != 0));
    is_there = status == 0;
}

/* All of a sector's bytes tell which one it is. */
static void stamp(uint8_t *bytes, uint64_t sector, size_t len)
{
    for (size_t i = 0; i < len; i++)
        bytes[i] = (uint8_t)(1 + sector + i / BLKFRONT_SECTOR);
}

static void check_stamps(const uint8_t *bytes, uint64_t sector, size_t len)
{
    for (size_t i = 0; i < len; i++)
        require(bytes[i] == 0 || bytes[i] == 1 + sector + i / BLKFRONT_SECTOR);
}

static void start_request(unsigned int i);

static void done(struct blkfront_request *req)
{
    unsigned int i = 0;

    while (i < REQUESTS && &mine[i].req != req)
        i++;
    require(i < REQUESTS && mine[i].busy); /* once, and only for what was started */
    mine[i].busy = false;
    require(req->status != -EAGAIN && req->status <= 0 && req->status > -4096);
    require(mine[i].buf[mine[i].len] == '#');
    if (mine[i].is_read && req->status != 0)
        require(mine[i].buf[0] == '#' && mine[i].buf[mine[i].len - 1] == '#');
    else if (mine[i].is_read && !backend.is_mad)
        check_stamps(mine[i].buf, mine[i].sector, mine[i].len);
    if (req->status == 0 && once_in(8))
        start_request(i);
}

static int call(unsigned int i)
{
    struct blkfront_request *req = &mine[i].req;

    memset(mine[i].buf, '#', sizeof(mine[i].buf));
    switch (rnd(5)) {
    case 0:
        return blkfront_flush(&disk, req, done);
    case 1:
    case 2:
        stamp(mine[i].buf, mine[i].sector, mine[i].len);
        return blkfront_write(&disk, req, mine[i].sector, mine[i].buf, mine[i].len, done);
    default:
        mine[i].is_read = true;
        return blkfront_read(&disk, req, mine[i].sector, mine[i].buf, mine[i].len, done);
    }
}

static void start_request(unsigned int i)
{
    bool is_inside;
    int rc;

    mine[i].len = BLKFRONT_SECTOR * (1 + rnd(BLKFRONT_BYTES_MAX / BLKFRONT_SECTOR));
    mine[i].sector = once_in(20) ? garbage_index(SECTORS) : rnd(SECTORS);
    mine[i].is_read = false;
    mine[i].req.timeout_ms = once_in(3) ? 1 + rnd(500) : 0;
    is_inside = mine[i].sector + mine[i].len / BLKFRONT_SECTOR <= SECTORS;
    mine[i].busy = true; /* done() may come before the call returns */
    rc = call(i);
    if (rc == 0) {
        require(is_there);
        return;
    }
    mine[i].busy = false;
    require(rc == -EBUSY || rc == -ENOTCONN || rc == -EIO || rc == -EROFS || rc == -EOPNOTSUPP ||
            (rc == -EINVAL && (!is_inside || disk.sectors != SECTORS)));
}

static void use(void)
{
    unsigned int i = rnd(REQUESTS);

    if (once_in(40))
        blkfront_close(&disk);
    else if (once_in(20))
        (void)blkfront_open(&disk); /* -EIO: the store has died */
    else if (mine[i].busy)
        require(blkfront_flush(&disk, &mine[i].req, done) != 0);
    else
        start_request(i);
}

/* ---- the backend's ring ---- */

static struct blkif_sring *ring(void)
{
    return (struct blkif_sring *)(void *)pages.page[0];
}

static bool is_lent(int ref)
{
    return ref > 0 && (fake_xen_grants()[ref].flags & GTF_permit_access) != 0;
}

/* The disk's page that the reference stands for, unless it has been taken back. */
static uint8_t *page_of(uint32_t ref)
{
    for (unsigned int i = 1; i < 1 + BLKFRONT_SLOTS; i++) {
        if (disk.refs[i] == (int)ref && is_lent(disk.refs[i])) {
            require(fake_xen_grants()[ref].frame == mem_ipa(pages.page[i]) / 4096);
            return pages.page[i];
        }
    }
    return NULL;
}

/* What a frontend asks of a backend that keeps the rules is sound. */
static void check_request(const struct blkif_request *request)
{
    size_t sectors = request->seg[0].last_sect + 1u;

    require(request->handle == 51712);
    if (request->operation == BLKIF_OP_FLUSH_DISKCACHE) {
        require(request->nr_segments == 0);
        return;
    }
    require(request->operation == BLKIF_OP_READ || request->operation == BLKIF_OP_WRITE);
    require(request->nr_segments == 1 && request->seg[0].first_sect == 0);
    require(sectors <= BLKFRONT_BYTES_MAX / BLKFRONT_SECTOR);
    require(request->sector_number + sectors <= disk.sectors);
    require(page_of(request->seg[0].gref) != NULL);
}

static void take_request(void)
{
    struct blkif_request *request = &backend.held[backend.held_count];

    if (!is_there || ring()->req_prod - backend.taken - 1 >= ENTRIES ||
        backend.held_count >= BLKFRONT_SLOTS)
        return;
    *request = ring()->ring[backend.taken++ % ENTRIES].req;
    if (!backend.is_mad)
        check_request(request);
    ring()->req_event = backend.taken + 1;
    backend.held_count++;
}

/* @return the status to answer with */
static int16_t carry_out(const struct blkif_request *request)
{
    size_t len = (request->seg[0].last_sect + 1u) * BLKFRONT_SECTOR;
    uint8_t *page = page_of(request->seg[0].gref);
    uint8_t *at = &backend.medium[request->sector_number % SECTORS * BLKFRONT_SECTOR];

    if (request->operation == BLKIF_OP_FLUSH_DISKCACHE)
        return BLKIF_RSP_OKAY;
    if (page == NULL || len > BLKFRONT_BYTES_MAX ||
        at + len > backend.medium + sizeof(backend.medium))
        return BLKIF_RSP_ERROR;
    if (request->operation == BLKIF_OP_WRITE && !backend.is_mad)
        check_stamps(page, request->sector_number, len);
    if (request->operation == BLKIF_OP_WRITE)
        memcpy(at, page, len);
    else
        memcpy(page, at, len);
    return BLKIF_RSP_OKAY;
}

static void respond(uint64_t id, uint8_t operation, int16_t status)
{
    ring()->ring[ring()->rsp_prod++ % ENTRIES].rsp =
        (struct blkif_response){.id = id, .operation = operation, .status = status};
    fake_xen_event(disk.port);
}

static void answer(unsigned int which, int16_t status)
{
    const struct blkif_request request = backend.held[which];

    backend.held[which] = backend.held[--backend.held_count];
    if (!is_there || !is_lent(disk.refs[0]))
        return;
    if (status == BLKIF_RSP_OKAY)
        status = carry_out(&request);
    respond(request.id, request.operation, status);
}

/* Never twice, which would be against the rules. */
static void serve(void)
{
    while (!once_in(3))
        take_request();
    if (backend.held_count > 0)
        answer(rnd(backend.held_count), once_in(8) ? (int16_t)(rnd(4) - 2) : BLKIF_RSP_OKAY);
}

static bool can_write(void)
{
    return backend.is_connected && is_there && is_lent(disk.refs[0]);
}

/* An answer in good form, to a request that there never was: the end of the connection. */
static void lie(void)
{
    const struct blkif_request *request = &backend.held[0];

    if (backend.is_mad || backend.held_count == 0 || !can_write())
        return;
    backend.is_mad = true;
    respond(request->id ^ 1ull << 60, request->operation, BLKIF_RSP_OKAY);
    require(blkfront_status(&disk) != 0 || fake_xen_is_pending(disk.port));
}

static void scribble(void)
{
    uint32_t *words = (uint32_t *)(void *)pages.page[0];

    if (!can_write())
        return;
    backend.is_mad = true;
    if (once_in(2))
        memset(pages.page[1 + rnd(BLKFRONT_SLOTS)], (int)rnd(256), 4096);
    else
        words[once_in(2) ? rnd(4) : rnd(1024)] = garbage_index(ring()->req_prod);
    fake_xen_event(disk.port);
}

/* ---- in the store ---- */

static void write_text(const char *path, const char *text)
{
    fake_store_write(path, text, strlen(text));
}

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

static void remove_nodes(void)
{
    fake_store_remove(NODE);
    fake_store_remove(BACKEND);
    backend.is_connected = false;
}

/* The frontend has written its state: the backend goes on. */
static void hear(const char *path)
{
    static const char *const answers[] = {[1] = "2", [3] = "4", [4] = "4", [5] = "5", [6] = "6"};
    unsigned int state;

    if (strcmp(path, NODE "/state") != 0)
        return;
    state = (unsigned int)fake_store_value(path)[0] - '0';
    require(state < sizeof(answers) / sizeof(answers[0]) && answers[state] != NULL);
    if (state == XenbusStateInitialised) {
        backend.is_mad = false;
        backend.taken = backend.held_count = 0;
    }
    backend.is_connected = state == XenbusStateInitialised || state == XenbusStateConnected;
    write_text(BACKEND "/state", answers[state]);
}

static void write_garbage(void)
{
    static const char *const nodes[] = {
        BACKEND "/sectors", BACKEND "/sector-size", BACKEND "/info", BACKEND "/feature-flush-cache",
        NODE "/backend",    NODE "/backend-id",     NODE "/state"};
    static const char *const values[] = {
        "", "0", "4096", "18446744073709551616", "-1", "x", "4", "7", "32752", "/", "/no", BACKEND};

    write_text(nodes[rnd(sizeof(nodes) / sizeof(nodes[0]))],
               values[rnd(sizeof(values) / sizeof(values[0]))]);
}

static void change_state(void)
{
    static const char *const states[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "", "z"};

    write_text(BACKEND "/state", states[rnd(sizeof(states) / sizeof(states[0]))]);
}

static void attack(void)
{
    fake_store.written = once_in(10) ? NULL : hear; /* a new daemon has no ears */
    switch (rnd(40)) {
    case 0:
        change_state();
        break;
    case 1:
        remove_nodes();
        break;
    case 2:
        make_nodes();
        break;
    case 3:
        write_garbage();
        break;
    case 4:
        scribble();
        break;
    case 5:
        fake_xen_event(disk.port);
        break;
    case 6:
        lie();
        break;
    case 7:
    case 8:
    case 9:
        hostile_store_run();
        break;
    default:
        serve();
    }
}

/* ---- the life ---- */

static bool start(void)
{
    int rc = blkfront_open(&disk);

    require(rc == 0 || rc == -ENODEV || rc == -EIO);
    return rc == 0 && gnttab_free_count() > 0;
}

/* The toolstack makes the disk anew. */
static void calm(void)
{
    fake_store.written = hear;
    remove_nodes();
    make_nodes();
}

static void let_time_pass(unsigned int ms)
{
    for (; ms > 0; ms -= 100) {
        fake_os_advance_ms(100);
        hostile_store_run();
    }
}

static bool is_idle(void)
{
    for (unsigned int i = 0; i < REQUESTS; i++) {
        if (mine[i].busy)
            return false;
    }
    return true;
}

/* One request, from the call to its end. */
static bool ends_well(const struct blkfront_request *req, int rc)
{
    take_request();
    if (backend.held_count > 0)
        answer(0, BLKIF_RSP_OKAY);
    return rc == 0 && req->status == 0;
}

/* More than once around the ring: what was written can be read. */
static bool does_io(void)
{
    static struct blkfront_request req;
    static uint8_t written[BLKFRONT_SECTOR];
    static uint8_t read[BLKFRONT_SECTOR];
    bool well = true;

    for (unsigned int i = 0; i < ENTRIES && well; i++) {
        uint64_t sector = rnd(SECTORS);

        stamp(written, sector, sizeof(written));
        memset(read, '#', sizeof(read));
        well =
            ends_well(&req, blkfront_write(&disk, &req, sector, written, sizeof(written), NULL)) &&
            ends_well(&req, blkfront_read(&disk, &req, sector, read, sizeof(read), NULL)) &&
            memcmp(read, written, sizeof(read)) == 0;
    }
    return well;
}

/* No page is lent twice: an older grant would be one that is never taken back. */
static void check_grants(void)
{
    for (uint32_t ref = GNTTAB_NR_RESERVED_ENTRIES; ref < CFG_GNTTAB_FRAMES * 512; ref++) {
        for (unsigned int i = 0; i < 1 + BLKFRONT_SLOTS && is_lent((int)ref); i++)
            require(disk.refs[i] == (int)ref ||
                    fake_xen_grants()[ref].frame != mem_ipa(pages.page[i]) / 4096);
    }
}

static bool works(void)
{
    fake_xen.next_port = 3;     /* the last one may have been too high */
    (void)blkfront_open(&disk); /* the application may have closed it */
    for (unsigned int s = 0; s < 30 && (blkfront_status(&disk) != 0 || !is_idle()); s++)
        let_time_pass(1000);
    require(is_idle());
    check_grants();
    return blkfront_status(&disk) == 0 && does_io();
}

static void check(void)
{
    for (unsigned int i = 0; i < REQUESTS; i++)
        require(mine[i].busy == (mine[i].req.status == -EAGAIN));
    require(is_there || blkfront_status(&disk) != 0);
}

const struct actor hostile_disk = {.name = "disk",
                                   .start = start,
                                   .use = use,
                                   .attack = attack,
                                   .calm = calm,
                                   .works = works,
                                   .gave_up = "xenstore: the connection is broken",
                                   .check = check};
