/* SPDX-License-Identifier: Apache-2.0
 *
 * A xenstored that does what a test tells it: see fake_store.h.
 */
#include "tests/host/xen/fake_store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/host/xen/fake_xen.h"

#define NODES   32
#define WATCHES 16
#define STREAM  (1u << 20)

struct fake_store fake_store;

static struct {
    bool used;
    char path[128];
    char value[XENSTORE_PAYLOAD_MAX + 1];
    size_t len;
} nodes[NODES];

static struct {
    bool used;
    char path[128];
    char token[32];
} watches[WATCHES];

static char stream[STREAM];
static uint32_t stream_in;
static uint32_t stream_out;

static struct fake_message partial;
static uint32_t partial_got;
static bool running;
static uint64_t bytes_moved; /* in both directions */

static void on_send(uint32_t port)
{
    if (port == FAKE_STORE_PORT && !fake_store.asleep)
        fake_store_run();
}

void fake_store_reset(uint32_t index)
{
    struct xenstore_domain_interface *page = fake_xen_store_page();

    memset(&fake_store, 0, sizeof(fake_store));
    memset(nodes, 0, sizeof(nodes));
    memset(watches, 0, sizeof(watches));
    stream_in = stream_out = partial_got = 0;
    running = false;
    page->req_cons = page->req_prod = index;
    page->rsp_cons = page->rsp_prod = index;
    fake_xen.on_send = on_send;
}

static void send_event(void)
{
    fake_store.events++;
    fake_xen_event(FAKE_STORE_PORT);
}

/* Bytes from the request ring; byte by byte, for clearness. */
static uint32_t pull(char *dst, uint32_t len)
{
    struct xenstore_domain_interface *page = fake_xen_store_page();
    uint32_t got = 0;

    if (page->req_prod - page->req_cons > XENSTORE_RING_SIZE)
        fake_store.mistakes++;
    while (got < len && page->req_cons != page->req_prod)
        dst[got++] = page->req[MASK_XENSTORE_IDX(page->req_cons++)];
    bytes_moved += got;
    return got;
}

bool fake_store_take(struct fake_message *msg)
{
    uint32_t was = partial_got;
    const uint32_t head = sizeof(partial.head);

    if (partial_got < head)
        partial_got += pull((char *)&partial.head + partial_got, head - partial_got);
    if (partial_got >= head && partial.head.len > XENSTORE_PAYLOAD_MAX) {
        fake_store.mistakes++;
        partial.head.len = 0;
    }
    if (partial_got >= head)
        partial_got +=
            pull(partial.payload + (partial_got - head), partial.head.len - (partial_got - head));
    if (partial_got != was)
        send_event();
    if (partial_got < head || partial_got - head < partial.head.len)
        return false;
    partial.payload[partial.head.len] = 0;
    partial_got = 0;
    fake_store.requests++;
    *msg = partial;
    return true;
}

static int find(const char *path)
{
    for (int i = 0; i < NODES; i++) {
        if (nodes[i].used && strcmp(nodes[i].path, path) == 0)
            return i;
    }
    return -1;
}

static bool is_below(const char *path, const char *parent)
{
    size_t len = strlen(parent);

    return strncmp(path, parent, len) == 0 && (path[len] == 0 || path[len] == '/');
}

void fake_store_fire(const char *path, const char *token)
{
    struct fake_message msg = {.head = {.type = XS_WATCH_EVENT}};
    int len = snprintf(msg.payload, sizeof(msg.payload), "%s%c%s", path, 0, token);

    msg.head.len = (uint32_t)len + 1;
    fake_store_put(&msg);
}

static void fire_all(const char *path)
{
    for (int i = 0; i < WATCHES; i++) {
        if (watches[i].used && is_below(path, watches[i].path))
            fake_store_fire(path, watches[i].token);
    }
}

static bool put_node(const char *path, const char *value, size_t len)
{
    int i = find(path);

    for (int n = 0; i < 0 && n < NODES; n++) {
        if (!nodes[n].used)
            i = n;
    }
    if (i < 0 || strlen(path) >= sizeof(nodes[i].path))
        return false;
    nodes[i].used = true;
    strcpy(nodes[i].path, path);
    memcpy(nodes[i].value, value, len);
    nodes[i].value[len] = 0;
    nodes[i].len = len;
    fire_all(path);
    return true;
}

void fake_store_write(const char *path, const char *value, size_t len)
{
    (void)put_node(path, value, len);
    if (!fake_store.asleep)
        fake_store_run();
}

const char *fake_store_value(const char *path)
{
    int i = find(path);

    return i < 0 ? NULL : nodes[i].value;
}

static void reply(struct fake_message *answer, const void *payload, size_t len)
{
    memcpy(answer->payload, payload, len);
    answer->head.len = (uint32_t)len;
}

static void error(struct fake_message *answer, const char *name)
{
    answer->head.type = XS_ERROR;
    reply(answer, name, strlen(name) + 1);
}

static void list(const char *path, struct fake_message *answer)
{
    uint32_t len = 0;

    for (int i = 0; i < NODES; i++) {
        const char *rest = nodes[i].path + strlen(path);

        if (nodes[i].used && is_below(nodes[i].path, path) && *rest == '/' &&
            strchr(rest + 1, '/') == NULL)
            len += (uint32_t)sprintf(answer->payload + len, "%s", rest + 1) + 1;
    }
    answer->head.len = len;
}

static bool set_watch(const char *path, const char *token)
{
    for (int i = 0; i < WATCHES; i++) {
        if (!watches[i].used && strlen(path) < sizeof(watches[i].path) &&
            strlen(token) < sizeof(watches[i].token)) {
            watches[i].used = true;
            strcpy(watches[i].path, path);
            strcpy(watches[i].token, token);
            return true;
        }
    }
    return false;
}

static bool clear_watch(const char *path, const char *token)
{
    for (int i = 0; i < WATCHES; i++) {
        if (watches[i].used && strcmp(watches[i].path, path) == 0 &&
            strcmp(watches[i].token, token) == 0) {
            watches[i].used = false;
            return true;
        }
    }
    return false;
}

static void remove_all(const char *path)
{
    for (int i = 0; i < NODES; i++) {
        if (nodes[i].used && is_below(nodes[i].path, path))
            nodes[i].used = false;
    }
    fire_all(path);
}

void fake_store_answer(const struct fake_message *msg, struct fake_message *answer)
{
    const char *path = msg->payload;
    const char *rest = path + strlen(path) + 1;
    int i = find(path);

    memset(answer, 0, sizeof(*answer));
    answer->head = msg->head;
    reply(answer, "OK", 3);
    if (msg->head.tx_id != 0 || strlen(path) >= msg->head.len)
        fake_store.mistakes++; /* each of our calls has a path, with its NUL */
    switch (msg->head.type) {
    case XS_READ:
    case XS_DIRECTORY:
        if (i < 0)
            error(answer, "ENOENT");
        else if (msg->head.type == XS_READ)
            reply(answer, nodes[i].value, nodes[i].len);
        else
            list(path, answer);
        break;
    case XS_WRITE:
        if (!put_node(path, rest, msg->head.len - strlen(path) - 1))
            error(answer, "ENOSPC");
        break;
    case XS_MKDIR:
        if (i < 0 && !put_node(path, "", 0))
            error(answer, "ENOSPC");
        break;
    case XS_RM:
        if (i < 0)
            error(answer, "ENOENT");
        else
            remove_all(path);
        break;
    case XS_WATCH:
        if (!set_watch(path, rest))
            error(answer, "ENOSPC");
        break;
    case XS_UNWATCH:
        if (!clear_watch(path, rest))
            error(answer, "ENOENT");
        break;
    default:
        fake_store.mistakes++;
        error(answer, "ENOSYS");
    }
}

void fake_store_put(const struct fake_message *msg)
{
    const char *bytes = (const char *)&msg->head;

    for (uint32_t i = 0; i < sizeof(msg->head); i++)
        stream[stream_in++ % STREAM] = bytes[i];
    for (uint32_t i = 0; i < msg->head.len && i < sizeof(msg->payload); i++)
        stream[stream_in++ % STREAM] = msg->payload[i];
    if (stream_in - stream_out > STREAM)
        abort();
}

uint32_t fake_store_waiting(void)
{
    return stream_in - stream_out;
}

void fake_store_let_through(uint32_t most)
{
    struct xenstore_domain_interface *page = fake_xen_store_page();
    uint32_t moved = 0;

    while (moved < most && stream_out != stream_in &&
           page->rsp_prod - page->rsp_cons < XENSTORE_RING_SIZE) {
        page->rsp[MASK_XENSTORE_IDX(page->rsp_prod++)] = stream[stream_out++ % STREAM];
        moved++;
    }
    bytes_moved += moved;
    if (moved > 0)
        send_event();
}

void fake_store_run(void)
{
    struct fake_message msg;
    struct fake_message answer;
    uint64_t before;

    if (running) /* an event inside an event: the outer one goes on */
        return;
    running = true;
    do {
        before = bytes_moved;
        while (fake_store_take(&msg)) {
            fake_store_answer(&msg, &answer);
            if (msg.head.type == XS_WATCH && answer.head.type == XS_WATCH)
                fake_store_fire(msg.payload, msg.payload + strlen(msg.payload) + 1); /* X2 */
            fake_store_put(&answer);
        }
        fake_store_let_through(fake_store.piece != 0 ? fake_store.piece : XENSTORE_RING_SIZE);
    } while (bytes_moved != before);
    running = false;
}

void fake_store_abandon_run(void)
{
    running = false;
}
