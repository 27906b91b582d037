/* SPDX-License-Identifier: Apache-2.0
 *
 * The disk: see blkfront.h. A slot is one request under way: its page, and its entry among us. The
 * ring has more entries than there are slots, so it is never full.
 */
#include "drivers/xen/blkfront.h"

#include <string.h>

#include <arch/barrier.h>

#include "drivers/console/console.h"
#include "drivers/xen/abi.h"
#include "drivers/xen/evtchn.h"
#include "drivers/xen/gnttab.h"
#include "kernel/arch.h"
#include "os.h"

#define TICK_MS 100u /* between two looks for what is late */
#define ENTRIES ((uint32_t)__CONST_RING_SIZE(blkif, 4096))

_Static_assert(sizeof(struct blkif_request) == 112, "blkif.h: not the arm-abi");
_Static_assert(BLKFRONT_SLOTS <= ENTRIES && BLKFRONT_SLOTS < 256, "blkfront.c: slots and ring");

enum key { RING_REF, EVENT_CHANNEL, PROTOCOL, KEYS };
enum property { SECTORS, SECTOR_SIZE, INFO, FLUSH_CACHE, PROPERTIES };

enum slot_state {
    FREE,
    FILLING, /* by whoever wants to start a request */
    POSTED,  /* in the ring */
    LOST,    /* its request has timed out; the answer, and the page, are still the backend's */
};

static struct blkfront *disk_of(struct xenbus_device *bus)
{
    return (struct blkfront *)(void *)((char *)bus - offsetof(struct blkfront, bus));
}

static struct blkif_sring *ring_of(const struct blkfront *disk)
{
    return (struct blkif_sring *)(void *)disk->pages->page[0];
}

static uint8_t *page_of(const struct blkfront *disk, const struct blkfront_slot *slot)
{
    return disk->pages->page[1 + (slot - disk->slots)];
}

/* ---- a request's end ---- */

static void finish(struct blkfront_slot *slot, enum slot_state then, int status)
{
    struct blkfront_request *req = slot->req;

    slot->req = NULL;
    slot->state = (uint8_t)then;
    req->status = status;
    if (req->done != NULL)
        req->done(req);
}

static void finish_all(struct blkfront *disk, enum slot_state then, int status)
{
    for (unsigned int i = 0; i < BLKFRONT_SLOTS; i++) {
        if (disk->slots[i].state == POSTED)
            finish(&disk->slots[i], then, status);
    }
}

static bool expire(struct blkfront *disk)
{
    uint64_t now = arch_timer_count();
    bool more = false;

    for (unsigned int i = 0; i < BLKFRONT_SLOTS; i++) {
        struct blkfront_slot *slot = &disk->slots[i];

        if (slot->state == POSTED && now >= slot->deadline) {
            disk->stats.timed_out++;
            finish(slot, LOST, -ETIMEDOUT);
        }
        more = more || slot->state == POSTED;
    }
    return more;
}

static void tick(struct xs_request *req)
{
    struct blkfront *disk = req->context;

    if (req->status != 0) /* the store is dead */
        finish_all(disk, LOST, -EIO);
    else if (expire(disk) && !xs_is_busy(req))
        (void)xs_sleep(req, TICK_MS, tick);
}

/* ---- answers ---- */

static void breaks_rules(struct blkfront *disk, const char *what)
{
    disk->online = false;
    printk("blkfront: %s: the backend breaks the ring's rules: %s\n", disk->path, what);
    xenbus_fail(&disk->bus, -EPROTO);
}

static int status_of(const struct blkif_response *answer)
{
    switch (answer->status) {
    case BLKIF_RSP_OKAY:
        return 0;
    case BLKIF_RSP_EOPNOTSUPP:
        return -EOPNOTSUPP;
    default:
        return -EIO;
    }
}

static struct blkfront_slot *slot_of(struct blkfront *disk, const struct blkif_response *answer)
{
    uint64_t index = answer->id & 0xff;
    struct blkfront_slot *slot = &disk->slots[index % BLKFRONT_SLOTS];

    if (slot->id != answer->id || slot->operation != answer->operation)
        return NULL;
    return slot->state == POSTED || slot->state == LOST ? slot : NULL;
}

static void answered(struct blkfront *disk, const struct blkif_response *answer)
{
    struct blkfront_slot *slot = slot_of(disk, answer);
    int status = status_of(answer);

    if (slot == NULL) {
        breaks_rules(disk, "an answer to no request");
    } else if (slot->state == LOST) {
        disk->stats.late++;
        slot->state = FREE;
    } else {
        if (status == 0 && slot->operation == BLKIF_OP_READ)
            memcpy(slot->req->into, page_of(disk, slot), slot->len);
        *(status == 0 ? &disk->stats.done : &disk->stats.failed) += 1;
        finish(slot, FREE, status);
    }
}

void blkfront_serve(struct blkfront *disk)
{
    struct blkif_sring *ring = ring_of(disk);
    uint32_t prod;

    if (!disk->online)
        return;
    prod = __atomic_load_n(&ring->rsp_prod, __ATOMIC_RELAXED);
    if (prod - disk->rsp_cons > disk->req_prod - disk->rsp_cons) {
        breaks_rules(disk, "more answers than requests");
        return;
    }
    smp_rmb(); /* index before answers and data; pairs with the backend's write barrier */
    while (disk->online && disk->rsp_cons != prod) {
        const volatile struct blkif_response *shared = &ring->ring[disk->rsp_cons++ % ENTRIES].rsp;
        const struct blkif_response answer = *shared; /* read once: it may change */

        answered(disk, &answer);
    }
    __atomic_store_n(&ring->rsp_event, disk->rsp_cons + 1, __ATOMIC_RELAXED);
    smp_mb(); /* rsp_event before the last look; pairs with the backend's, between its index and ours */
    if (__atomic_load_n(&ring->rsp_prod, __ATOMIC_RELAXED) != disk->rsp_cons)
        evtchn_raise(disk->event);
}

/* ---- requests ---- */

/* What a call asks for. */
struct order {
    uint8_t operation;
    uint64_t sector;
    const void *from; /* a write's */
    void *into;       /* a read's */
    size_t len;
    blkfront_done *done;
};

static int check_range(const struct blkfront *disk, const struct order *order)
{
    size_t count = order->len / BLKFRONT_SECTOR;

    if (count == 0 || order->len > BLKFRONT_BYTES_MAX || order->len % BLKFRONT_SECTOR != 0)
        return -EINVAL;
    return order->sector < disk->sectors && count <= disk->sectors - order->sector ? 0 : -EINVAL;
}

static int check(const struct blkfront *disk, const struct order *order)
{
    if (!disk->online)
        return -ENOTCONN;
    if (order->operation == BLKIF_OP_FLUSH_DISKCACHE)
        return disk->can_flush ? 0 : -EOPNOTSUPP;
    if (order->operation == BLKIF_OP_WRITE && disk->readonly)
        return -EROFS;
    return check_range(disk, order);
}

/* With interrupts masked. @return a free one; NULL: there is none, or the request has one */
static struct blkfront_slot *free_slot(struct blkfront *disk, const struct blkfront_request *req)
{
    struct blkfront_slot *found = NULL;

    for (unsigned int i = 0; i < BLKFRONT_SLOTS; i++) {
        struct blkfront_slot *slot = &disk->slots[i];

        if (slot->req == req)
            return NULL;
        if (slot->state == FREE)
            found = slot;
    }
    return found;
}

static struct blkfront_slot *claim(struct blkfront *disk, struct blkfront_request *req)
{
    struct blkfront_slot *slot;

    SuspendAllInterrupts();
    slot = free_slot(disk, req);
    if (slot != NULL) {
        slot->state = FILLING;
        slot->req = req;
        slot->id = (uint64_t)++disk->last_serial << 8 | (uint64_t)(slot - disk->slots);
    }
    ResumeAllInterrupts();
    return slot;
}

/* The slot is ours alone now, without a lock: copying takes its time. */
static void fill(struct blkfront *disk, struct blkfront_slot *slot, const struct order *order,
                 struct blkif_request *request)
{
    struct blkfront_request *req = slot->req;
    uint32_t timeout_ms = req->timeout_ms != 0 ? req->timeout_ms : BLKFRONT_TIMEOUT_MS;

    req->status = -EAGAIN;
    req->done = order->done;
    req->into = order->into;
    slot->deadline = arch_timer_count() + (uint64_t)timeout_ms * (arch_timer_hz() / 1000u);
    slot->operation = order->operation;
    slot->len = (uint32_t)order->len;
    if (order->from != NULL)
        memcpy(page_of(disk, slot), order->from, order->len);
    memset(request, 0, sizeof(*request));
    request->operation = order->operation;
    request->handle = (uint16_t)xenbus_id(&disk->bus);
    request->id = slot->id;
    request->sector_number = order->sector;
    if (order->len > 0) { /* else a flush */
        request->nr_segments = 1;
        request->seg[0].gref = (grant_ref_t)disk->refs[1 + (slot - disk->slots)];
        request->seg[0].last_sect = (uint8_t)(order->len / BLKFRONT_SECTOR - 1);
    }
}

/* With interrupts masked. @return whether the backend wants to hear of it */
static bool put(struct blkfront *disk, const struct blkif_request *request)
{
    struct blkif_sring *ring = ring_of(disk);

    memcpy(&ring->ring[disk->req_prod % ENTRIES].req, request, sizeof(*request));
    smp_wmb(); /* request and data before the index; pairs with the backend's read barrier */
    __atomic_store_n(&ring->req_prod, ++disk->req_prod, __ATOMIC_RELAXED);
    smp_mb(); /* the index before its req_event; pairs with the backend's before it sleeps */
    return __atomic_load_n(&ring->req_event, __ATOMIC_RELAXED) == disk->req_prod;
}

/* With interrupts masked. @return whether time-outs can be kept */
static bool start_timer(struct blkfront *disk)
{
    return xs_is_busy(&disk->timer) || xs_sleep(&disk->timer, TICK_MS, tick) == 0;
}

static int post(struct blkfront *disk, struct blkfront_slot *slot, uint32_t connection,
                const struct blkif_request *request)
{
    bool notify = false;
    int rc = 0;

    SuspendAllInterrupts();
    if (!disk->online || disk->connection != connection)
        rc = -ENOTCONN; /* since we looked */
    else if (!start_timer(disk))
        rc = -EIO;
    if (rc == 0) {
        slot->state = POSTED;
        notify = put(disk, request);
    } else {
        slot->req->status = rc; /* not under way, whoever looks there */
        slot->req = NULL;
        slot->state = FREE;
    }
    ResumeAllInterrupts();
    if (notify)
        (void)evtchn_send(disk->event); /* if the channel is closed, no answer comes */
    return rc;
}

static int submit(struct blkfront *disk, struct blkfront_request *req, const struct order *order)
{
    uint32_t connection = disk->connection;
    struct blkif_request request;
    struct blkfront_slot *slot;
    int rc = check(disk, order);

    if (rc != 0)
        return rc;
    slot = claim(disk, req);
    if (slot == NULL)
        return -EBUSY;
    fill(disk, slot, order, &request);
    return post(disk, slot, connection, &request);
}

int blkfront_read(struct blkfront *disk, struct blkfront_request *req, uint64_t sector, void *buf,
                  size_t len, blkfront_done *done)
{
    return submit(
        disk, req,
        &(struct order){
            .operation = BLKIF_OP_READ, .sector = sector, .into = buf, .len = len, .done = done});
}

int blkfront_write(struct blkfront *disk, struct blkfront_request *req, uint64_t sector,
                   const void *buf, size_t len, blkfront_done *done)
{
    return submit(
        disk, req,
        &(struct order){
            .operation = BLKIF_OP_WRITE, .sector = sector, .from = buf, .len = len, .done = done});
}

int blkfront_flush(struct blkfront *disk, struct blkfront_request *req, blkfront_done *done)
{
    return submit(disk, req, &(struct order){.operation = BLKIF_OP_FLUSH_DISKCACHE, .done = done});
}

/* ---- the connection: xenbus_driver's functions ---- */

static void tell(struct blkfront *disk, bool there, int status)
{
    bool is_news = disk->told != there;

    disk->told = there;
    if (is_news && disk->changed != NULL)
        disk->changed(disk, status);
}

/* @return false: the backend has a page mapped still */
static bool take_back(struct blkfront *disk)
{
    bool all = true;

    for (unsigned int i = 0; i < 1 + BLKFRONT_SLOTS; i++) {
        if (disk->refs[i] != 0 && gnttab_end(disk->refs[i]) == 0)
            disk->refs[i] = 0;
        all = all && disk->refs[i] == 0;
    }
    return all;
}

static void release(struct xenbus_device *bus)
{
    struct blkfront *disk = disk_of(bus);

    evtchn_disconnect(disk->event, disk->port);
    disk->port = 0;
    if (!take_back(disk))
        printk("blkfront: %s: the backend keeps pages mapped\n", disk->path);
}

static int lend(struct blkfront *disk)
{
    for (unsigned int i = 0; i < 1 + BLKFRONT_SLOTS; i++) {
        int ref = gnttab_grant(disk->bus.backend_id, disk->pages->page[i], false);

        if (ref < 0)
            return ref;
        disk->refs[i] = ref;
    }
    return 0;
}

static int open_channel(struct blkfront *disk)
{
    int port = evtchn_open(disk->event, disk->bus.backend_id);

    if (port < 0)
        return port;
    disk->port = (uint32_t)port;
    return 0;
}

/* Nobody else has these pages now. What is left in slots is of a connection that is over. */
static void clear(struct blkfront *disk)
{
    struct blkif_sring *ring = ring_of(disk);

    memset(disk->pages, 0, sizeof(*disk->pages));
    ring->req_event = ring->rsp_event = 1;
    disk->req_prod = disk->rsp_cons = 0;
    for (unsigned int i = 0; i < BLKFRONT_SLOTS; i++) {
        if (disk->slots[i].state == LOST)
            disk->slots[i].state = FREE;
    }
}

static int publish(struct xenbus_device *bus)
{
    struct blkfront *disk = disk_of(bus);
    int rc;

    if (!take_back(disk))
        return -EBUSY;
    clear(disk);
    rc = lend(disk);
    if (rc == 0)
        rc = open_channel(disk);
    if (rc != 0) {
        printk("blkfront: %s: no grant or no event channel (error %d)\n", disk->path, rc);
        (void)take_back(disk);
        return rc;
    }
    disk->keys[RING_REF].number = (uint32_t)disk->refs[0];
    disk->keys[EVENT_CHANNEL].number = disk->port;
    return 0;
}

static int connect(struct xenbus_device *bus, const uint64_t *values)
{
    struct blkfront *disk = disk_of(bus);

    if (values[SECTOR_SIZE] != BLKFRONT_SECTOR || values[SECTORS] == 0) {
        printk("blkfront: %s: %llu sectors of %llu bytes: not supported\n", disk->path,
               (unsigned long long)values[SECTORS], (unsigned long long)values[SECTOR_SIZE]);
        return -EOPNOTSUPP;
    }
    disk->sectors = values[SECTORS];
    disk->readonly = (values[INFO] & VDISK_READONLY) != 0;
    disk->can_flush = values[FLUSH_CACHE] == 1;
    disk->connection++;
    disk->online = true;
    tell(disk, true, 0);
    return 0;
}

static void disconnect(struct xenbus_device *bus, int why)
{
    struct blkfront *disk = disk_of(bus);

    disk->online = false;
    finish_all(disk, LOST, why);
    tell(disk, false, why);
}

static const struct xenbus_property properties[PROPERTIES] = {
    [SECTORS] = {.name = "sectors", .required = true},
    [SECTOR_SIZE] = {.name = "sector-size", .required = true},
    [INFO] = {.name = "info"},
    [FLUSH_CACHE] = {.name = "feature-flush-cache"},
};

static const struct xenbus_driver driver = {
    .properties = properties,
    .property_count = PROPERTIES,
    .publish = publish,
    .connect = connect,
    .disconnect = disconnect,
    .release = release,
};

/* ---- the calls ---- */

int blkfront_open(struct blkfront *disk)
{
    disk->keys[RING_REF].name = "ring-ref";
    disk->keys[EVENT_CHANNEL].name = "event-channel";
    disk->keys[PROTOCOL].name = "protocol";
    disk->keys[PROTOCOL].text = XEN_IO_PROTO_ABI_ARM;
    disk->bus.path = disk->path;
    disk->bus.driver = &driver;
    disk->bus.keys = disk->keys;
    disk->bus.key_count = KEYS;
    disk->timer.context = disk;
    return xenbus_open(&disk->bus);
}

void blkfront_close(struct blkfront *disk)
{
    xenbus_close(&disk->bus);
}

int blkfront_status(const struct blkfront *disk)
{
    return disk->online ? 0 : disk->bus.error;
}
