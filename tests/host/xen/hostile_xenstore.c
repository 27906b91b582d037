/* SPDX-License-Identifier: Apache-2.0
 *
 * The store's client against a daemon that answers late, twice, wrongly, never, in pieces, or with
 * garbage, and that dies and comes back.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "drivers/xen/evtchn.h"
#include "drivers/xen/xenstore.h"
#include "tests/host/xen/fake_os.h"
#include "tests/host/xen/fake_store.h"
#include "tests/host/xen/fake_xen.h"
#include "tests/host/xen/hostile.h"

#define REQUESTS  6u
#define PERMS     3u
#define HELD      16u
#define BUF       600u
#define UNTOUCHED '#'
#define LONGEST_S 4u /* no request of ours has more time */

static struct {
    struct xs_request req;
    char buf[BUF + 1];
    size_t size;
    char value[XS_PAYLOAD_MAX];
    char path[32];
    struct xs_perm perms[PERMS + 1];
    size_t perm_count; /* room for so many is given */
    bool busy;
} mine[REQUESTS];

static void fired(struct xs_watch *which, const char *path);

static struct xs_watch watch = {.path = "data", .fired = fired};
static struct xs_request *watch_req; /* sets it, or takes it away */
static bool watch_wanted;
static unsigned int fires;
static uint32_t last_cons; /* of the reply ring, when all was checked */

/* What the daemon has taken and not answered. */
static struct fake_message held[HELD];
static unsigned int held_count;

/* ---- the application ---- */

static size_t index_of(const struct xs_request *req)
{
    size_t i = 0;

    while (i < REQUESTS && &mine[i].req != req)
        i++;
    require(i < REQUESTS);
    return i;
}

static void start_request(size_t i);

/* A transaction's number is there from its beginning to its end, however that is. */
static void check_transaction(const struct xs_request *req)
{
    require(req->status != -EAGAIN || req->type == XS_TRANSACTION_END);
    if (req->type == XS_TRANSACTION_START)
        require((req->status == 0) == (req->tx != 0));
    if (req->type == XS_TRANSACTION_END)
        require(req->tx == 0);
}

static void done(struct xs_request *req)
{
    size_t i = index_of(req);

    require(mine[i].busy); /* once, and only for what was started */
    mine[i].busy = false;
    require(!xs_is_busy(req));
    require(req->status <= 0 && req->status > -4096);
    check_transaction(req);
    require(req->status == 0 || req->status == -EOVERFLOW || req->len == 0);
    for (size_t at = mine[i].perm_count; at <= PERMS; at++)
        require(mine[i].perms[at].mode == UNTOUCHED);
    if (req->reply == mine[i].buf && req->status == 0)
        require(req->len < mine[i].size && mine[i].buf[req->len] == 0);
    for (size_t at = mine[i].size; at <= BUF; at++)
        require(mine[i].buf[at] == UNTOUCHED);
    if (req->type == XS_WATCH && req->status != 0)
        watch_wanted = false;
    /* Ours again: it must not be sent or written any more. */
    memset(mine[i].buf, UNTOUCHED, sizeof(mine[i].buf));
    memset(mine[i].value, '!', sizeof(mine[i].value));
    if (req->status == 0 && once_in(8))
        start_request(i);
}

static void fired(struct xs_watch *which, const char *path)
{
    require(which == &watch && watch_wanted);
    require(strlen(path) <= XS_WATCH_PATH_MAX);
    fires++;
}

/* One at a time: the struct belongs to the client until its request has ended. */
static int toggle_watch(struct xs_request *req)
{
    int rc;

    watch_req = req;
    if (watch_wanted) {
        watch_wanted = false;
        rc = xs_unwatch(req, &watch, done);
        require(rc == 0 || rc == -EIO);
        return rc;
    }
    watch_wanted = true; /* it may fire, and end, before the call returns */
    rc = xs_watch(req, &watch, done);
    if (rc != 0)
        watch_wanted = false;
    return rc;
}

static int write_value(size_t i)
{
    size_t len = once_in(10) ? rnd(XS_PAYLOAD_MAX) : rnd(once_in(2) ? BUF : 20);

    memset(mine[i].value, 'v', len);
    return xs_write(&mine[i].req, mine[i].path, mine[i].value, len, done);
}

/* It stays in the request's struct, so what comes next belongs to it. */
static int toggle_transaction(struct xs_request *req)
{
    if (req->tx == 0)
        return xs_transaction_start(req, done);
    return xs_transaction_end(req, !once_in(4), done);
}

static int call(size_t i)
{
    static const struct xs_perm perms[] = {{XS_PERM_NONE, FAKE_STORE_DOMID}, {XS_PERM_READ, 0}};
    struct xs_request *req = &mine[i].req;

    switch (rnd(11)) {
    case 7:
        return xs_get_perms(req, mine[i].path, mine[i].perms, mine[i].perm_count, done);
    case 8:
        return xs_set_perms(req, mine[i].path, perms, 1 + rnd(2), done);
    case 9:
    case 10:
        return toggle_transaction(req);
    case 0:
        return xs_ls(req, once_in(2) ? "data" : mine[i].path, mine[i].buf, mine[i].size, done);
    case 1:
        return xs_rm(req, mine[i].path, done);
    case 2:
        return xs_mkdir(req, mine[i].path, done);
    case 3:
        return write_value(i);
    case 4:
        if (watch_req == NULL || !xs_is_busy(watch_req))
            return toggle_watch(req);
        /* fall through */
    default:
        return xs_read(req, mine[i].path, mine[i].buf, mine[i].size, done);
    }
}

static void start_request(size_t i)
{
    struct xs_request *req = &mine[i].req;
    int rc;

    mine[i].size = 1 + rnd(BUF);
    mine[i].perm_count = 1 + rnd(PERMS);
    memset(mine[i].perms, UNTOUCHED, sizeof(mine[i].perms));
    req->timeout_ms = once_in(3) ? 1 + rnd(50) : once_in(2) ? 0 : rnd(LONGEST_S * 1000);
    snprintf(mine[i].path, sizeof(mine[i].path), "data/%u", rnd(10));
    mine[i].busy = true; /* done() may come before the call returns */
    rc = call(i);
    require(rc == 0 || rc == -EIO || rc == -E2BIG);
    if (rc != 0)
        mine[i].busy = false;
}

static void use(void)
{
    size_t i = rnd(REQUESTS);

    if (mine[i].busy)
        require(xs_rm(&mine[i].req, "data", done) == -EBUSY);
    else
        start_request(i);
}

/* ---- the daemon ---- */

static void take_requests(void)
{
    while (held_count < HELD && !once_in(4) && fake_store_take(&held[held_count])) {
        if (!once_in(20)) /* else it is forgotten */
            held_count++;
    }
}

/* What stands in an answer that is not the true one. */
static void spoil(struct fake_message *answer)
{
    switch (rnd(5)) {
    case 0:
        answer->head.req_id += rnd(3) - 1u;
        break;
    case 1:
        answer->head.type = rnd(24);
        break;
    case 2:
        answer->head.len = rnd(XENSTORE_PAYLOAD_MAX + 1);
        break;
    case 3: /* an error without a name, or with one that nobody knows, or without its end */
        answer->head.type = XS_ERROR;
        answer->head.len = rnd(sizeof("ENOENT"));
        memcpy(answer->payload, once_in(2) ? "ENOENT" : "EWRONG", sizeof("ENOENT"));
        break;
    default:
        answer->head.tx_id = rnd(100);
    }
}

static void answer_one(void)
{
    struct fake_message answer;
    unsigned int which;

    if (held_count == 0 || fake_store_waiting() > 100000)
        return;
    which = rnd(held_count);
    fake_store_answer(&held[which], &answer);
    if (once_in(6))
        spoil(&answer);
    fake_store_put(&answer);
    if (!once_in(10)) /* else it is answered again */
        held[which] = held[--held_count];
}

static void send_watch_event(void)
{
    struct fake_message event = {.head = {.type = XS_WATCH_EVENT, .len = rnd(300)}};

    if (fake_store_waiting() > 100000)
        return;
    if (once_in(2)) {
        fake_store_fire("data/5", once_in(4) ? "w" : watch.token);
    } else {
        memset(event.payload, once_in(2) ? 'p' : 0, sizeof(event.payload));
        fake_store_put(&event);
    }
}

/* Once is mostly enough: the client gives up. */
static void break_the_ring(void)
{
    struct xenstore_domain_interface *page = fake_xen_store_page();
    struct fake_message msg = {.head = {.type = rnd(30), .req_id = rnd(50), .len = rnd(100000)}};

    switch (rnd(4)) {
    case 0:
        page->rsp_prod = garbage_index(page->rsp_prod);
        break;
    case 1:
        page->req_cons = garbage_index(page->req_prod);
        break;
    case 2: /* bytes that are no message */
        memset(page->rsp, (int)rnd(256), sizeof(page->rsp));
        break;
    default:
        fake_store_put(&msg);
    }
    if (once_in(2))
        fake_xen_event(FAKE_STORE_PORT);
}

static void die_and_return(void)
{
    struct xenstore_domain_interface *page = fake_xen_store_page();

    page->connection = XENSTORE_RECONNECT;
    if (once_in(2))
        fake_xen_event(FAKE_STORE_PORT);
    fake_store_reset(once_in(2) ? 0 : garbage_index(0u - rnd(2000)));
    last_cons = page->rsp_cons;
    fake_xen.on_send = NULL; /* the daemon works when it likes to */
    fake_store.asleep = true;
    held_count = 0;
    if (once_in(4))
        return; /* not yet back */
    page->connection = XENSTORE_CONNECTED;
    fake_xen_event(FAKE_STORE_PORT);
}

static void attack(void)
{
    switch (rnd(12)) {
    case 0:
    case 1:
    case 2:
        take_requests();
        break;
    case 3:
    case 4:
    case 5:
        answer_one();
        break;
    case 6:
        send_watch_event();
        break;
    case 7:
        if (once_in(4))
            die_and_return();
        break;
    case 8:
        if (once_in(12))
            break_the_ring();
        break;
    default:
        fake_store_let_through(1 + rnd(once_in(2) ? 20 : XENSTORE_RING_SIZE));
    }
}

void hostile_store_run(void)
{
    const struct xenstore_domain_interface *page = fake_xen_store_page();

    if (page->req_prod - page->req_cons > XENSTORE_RING_SIZE ||
        page->rsp_prod - page->rsp_cons > XENSTORE_RING_SIZE || fake_store_waiting() > 100000)
        return;
    fake_store_run();
    last_cons = page->rsp_cons;
}

/* ---- the life ---- */

static void start_world(void)
{
    fake_store_reset(garbage_index(0u - rnd(2000)));
    fake_xen.on_send = NULL;
    fake_store.asleep = true;
    fake_xen_store_page()->connection = once_in(4) ? XENSTORE_RECONNECT : XENSTORE_CONNECTED;
    fake_xen_store_page()->server_features = rnd(4);
}

/* Before StartOS a request must end although nobody answers. */
static void wait_for_one(void)
{
    uint64_t begin = fake_os.now;

    fake_os.idle = attack;
    start_request(0);
    if (mine[0].busy)
        (void)xs_wait(&mine[0].req, 1 + rnd(100));
    require(!xs_is_busy(&mine[0].req));
    require(fake_os.now - begin <= 102 * (FAKE_HZ / 1000) || !mine[0].busy);
    fake_os.idle = NULL;
}

static bool start(void)
{
    struct xenstore_domain_interface *page = fake_xen_store_page();

    for (size_t i = 0; i < REQUESTS; i++)
        memset(mine[i].buf, UNTOUCHED, sizeof(mine[i].buf));
    start_world();
    if (xs_init() != 0) {
        require(xs_rm(&mine[0].req, "data", done) == -ENODEV);
        return false;
    }
    guard(page->rsp, sizeof(page->rsp));
    guard(&page->req_cons, sizeof(page->req_cons));
    guard(&page->rsp_prod, sizeof(page->rsp_prod));
    guard(&page->server_features, sizeof(page->server_features));
    guard(&page->error, 4096 - offsetof(struct xenstore_domain_interface, error));
    if (once_in(4))
        wait_for_one();
    last_cons = page->rsp_cons;
    return true;
}

static void calm(void)
{
    struct xenstore_domain_interface *page = fake_xen_store_page();

    page->connection = XENSTORE_RECONNECT;
    fake_xen_event(FAKE_STORE_PORT);
    fake_store_reset(rnd(5000));
    page->connection = XENSTORE_CONNECTED;
    fake_xen_event(FAKE_STORE_PORT);
    held_count = 0;
}

static bool is_idle(void)
{
    for (size_t i = 0; i < REQUESTS; i++) {
        if (mine[i].busy || xs_is_busy(&mine[i].req))
            return false;
    }
    return true;
}

/* The end of a request to a store that is well, in its time. */
static int status_of(struct xs_request *req, int started)
{
    if (started == 0)
        fake_os_advance_ms(LONGEST_S * 1000);
    require(!xs_is_busy(req));
    return started != 0 ? started : req->status;
}

/* A store has only so many at a time. */
static void abort_transactions(void)
{
    for (size_t i = 0; i < REQUESTS; i++) {
        if (mine[i].req.tx != 0)
            (void)status_of(&mine[i].req, xs_transaction_end(&mine[i].req, false, NULL));
    }
}

/* Others may be at work: then once more. */
static bool does_transaction(struct xs_request *req)
{
    int status = -EAGAIN;

    for (int i = 0; i < 5 && status == -EAGAIN; i++) {
        status = status_of(req, xs_transaction_start(req, NULL));
        if (status == 0)
            status = status_of(req, xs_write(req, "data/calm", "all is well", 11, NULL));
        if (status == 0)
            status = status_of(req, xs_transaction_end(req, true, NULL));
    }
    return status == 0 && req->tx == 0;
}

/* A watch from before the restart is set again, or the client says that it could not. */
static bool does_watch_work(void)
{
    unsigned int before = fires;

    fake_store_write("data/5", "new", 3);
    return fires > before || !watch_wanted || fake_os_printed("xenstore: cannot watch data") > 0;
}

/* What is under way ends, then a value goes to the store and comes back. */
static bool works(void)
{
    static struct xs_request req;
    static char back[16];
    bool well;

    for (int i = 0; i < 20 && !is_idle(); i++) /* done() starts new ones, but not for ever */
        fake_os_advance_ms(LONGEST_S * 1000);
    require(is_idle());
    abort_transactions();
    well = does_transaction(&req) &&
           status_of(&req, xs_read(&req, "data/calm", back, sizeof(back), NULL)) == 0 &&
           strcmp(back, "all is well") == 0 && does_watch_work();
    fake_store.asleep = true;
    fake_xen.on_send = NULL;
    last_cons = fake_xen_store_page()->rsp_cons;
    return well;
}

/* Nothing is taken from a ring that cannot hold as much as its index says. */
static void check_ring(void)
{
    const struct xenstore_domain_interface *page = fake_xen_store_page();

    if (page->rsp_prod - last_cons > XENSTORE_RING_SIZE)
        require(page->rsp_cons == last_cons);
    last_cons = page->rsp_cons;
}

static void check(void)
{
    static char untouched[BUF + 1];
    const struct xs_stats *stats = xs_stats();

    memset(untouched, UNTOUCHED, sizeof(untouched));
    for (size_t i = 0; i < REQUESTS; i++) {
        require(mine[i].busy == xs_is_busy(&mine[i].req));
        require(mine[i].busy || memcmp(mine[i].buf, untouched, sizeof(untouched)) == 0);
    }
    require(stats->answered <= stats->sent);
    check_ring();
}

const struct actor hostile_xenstore = {.name = "xenstore",
                                       .start = start,
                                       .use = use,
                                       .attack = attack,
                                       .calm = calm,
                                       .works = works,
                                       .gave_up = "xenstore: the connection is broken",
                                       .check = check};
