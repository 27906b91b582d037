/* SPDX-License-Identifier: Apache-2.0
 *
 * A xenstored that does what a test tells it: see fake_store.h.
 */
#include "tests/host/xen/fake_store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/host/xen/fake_xen.h"

#define NODES        32
#define PATH         256
#define WATCHES      16
#define TRANSACTIONS 3
#define STREAM       (1u << 20)

struct fake_store fake_store;

struct node {
    bool used;
    char path[PATH];
    char value[XENSTORE_PAYLOAD_MAX + 1];
    size_t len;
    char perms[64]; /* as they go over the wire */
    size_t perms_len;
};

/* A transaction has the whole tree as it was at its beginning. If anything was changed since then,
 * it fails: a real store looks at the nodes, but the guest cannot tell. */
static struct tree {
    struct node nodes[NODES];
    uint32_t tx_id;   /* 0: unused, or the store itself */
    uint32_t changes; /* of the store, at the transaction's beginning */
} trees[1 + TRANSACTIONS];
static struct node *nodes; /* of the tree that the request is about */
static uint32_t last_tx_id;
static uint32_t changes;

static struct {
    bool used;
    char path[PATH];
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
    for (int tree = 0; tree <= TRANSACTIONS; tree++)
        trees[tree].tx_id = 0;
    nodes = trees[0].nodes;
    for (int i = 0; i < NODES; i++)
        nodes[i].used = false;
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

static bool in_transaction(void)
{
    return nodes != trees[0].nodes;
}

/* The watches of what a transaction changes fire when it is committed; here: none. */
static void changed(const char *path)
{
    if (in_transaction())
        return;
    changes++;
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
    if (!nodes[i].used)
        nodes[i].perms_len = (size_t)sprintf(nodes[i].perms, "n%u", FAKE_STORE_DOMID) + 1;
    nodes[i].used = true;
    strcpy(nodes[i].path, path);
    memcpy(nodes[i].value, value, len);
    nodes[i].value[len] = 0;
    nodes[i].len = len;
    changed(path);
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

/* @return bytes of all the names, which need not fit into a message */
static size_t list(const char *path, char *names)
{
    size_t len = 0;

    for (int i = 0; i < NODES; i++) {
        const char *rest = nodes[i].path + strlen(path);

        if (nodes[i].used && is_below(nodes[i].path, path) && *rest == '/' &&
            strchr(rest + 1, '/') == NULL)
            len += (size_t)sprintf(names + len, "%s", rest + 1) + 1;
    }
    return len;
}

static void directory(const char *path, struct fake_message *answer)
{
    static char names[NODES * PATH];
    size_t len = list(path, names);

    if (len > XENSTORE_PAYLOAD_MAX)
        error(answer, "E2BIG");
    else
        reply(answer, names, len);
}

/* The generation, as many whole names as fit, and behind the last one of all an empty one. */
static void directory_part(const char *path, const char *offset, struct fake_message *answer)
{
    static char names[NODES * PATH];
    size_t all = list(path, names);
    size_t at = (size_t)atoi(offset);
    uint32_t len = (uint32_t)sprintf(answer->payload, "%u", fake_store.generation) + 1;

    fake_store.parts++;
    while (at < all && len + strlen(names + at) + 2 <= XENSTORE_PAYLOAD_MAX) {
        len += (uint32_t)sprintf(answer->payload + len, "%s", names + at) + 1;
        at += strlen(names + at) + 1;
    }
    if (at >= all)
        answer->payload[len++] = 0;
    answer->head.len = len;
}

static void set_perms(int i, const char *perms, size_t len, struct fake_message *answer)
{
    char owner[16];

    sprintf(owner, "%u", FAKE_STORE_DOMID);
    if (len == 0 || len > sizeof(nodes[i].perms) || strchr("nrwb", perms[0]) == NULL ||
        perms[len - 1] != 0) {
        error(answer, "EINVAL");
    } else if (strcmp(perms + 1, owner) != 0) {
        error(answer, "EPERM");
    } else {
        memcpy(nodes[i].perms, perms, len);
        nodes[i].perms_len = len;
    }
}

/* ---- transactions ---- */

static struct tree *tree_of(uint32_t tx_id)
{
    for (int tree = 1; tree <= TRANSACTIONS; tree++) {
        if (tx_id != 0 && trees[tree].tx_id == tx_id)
            return &trees[tree];
    }
    return NULL;
}

unsigned int fake_store_transactions(void)
{
    unsigned int open = 0;

    for (int tree = 1; tree <= TRANSACTIONS; tree++)
        open += trees[tree].tx_id != 0;
    return open;
}

static void start_transaction(struct fake_message *answer)
{
    char id[16];

    for (int tree = 1; tree <= TRANSACTIONS; tree++) {
        if (trees[tree].tx_id == 0) {
            memcpy(trees[tree].nodes, trees[0].nodes, sizeof(trees[0].nodes));
            trees[tree].tx_id = ++last_tx_id;
            trees[tree].changes = changes;
            reply(answer, id, (size_t)sprintf(id, "%u", last_tx_id) + 1);
            return;
        }
    }
    error(answer, "ENOSPC");
}

static void end_transaction(struct tree *tree, bool commit, struct fake_message *answer)
{
    if (tree == NULL) {
        error(answer, "ENOENT");
        return;
    }
    tree->tx_id = 0;
    if (commit && tree->changes != changes) {
        error(answer, "EAGAIN");
    } else if (commit) {
        memcpy(trees[0].nodes, tree->nodes, sizeof(trees[0].nodes));
        changes++;
    }
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

void fake_store_left_watch(const char *path, const char *token)
{
    (void)set_watch(path, token);
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

static void reset_watches(void)
{
    fake_store.resets++;
    memset(watches, 0, sizeof(watches));
}

/* Watches of the nodes that go with it, as with the node itself. */
static void fire_exactly(const char *path)
{
    for (int i = 0; i < WATCHES; i++) {
        if (watches[i].used && strcmp(path, watches[i].path) == 0)
            fake_store_fire(path, watches[i].token);
    }
}

static void remove_all(const char *path)
{
    for (int i = 0; i < NODES; i++) {
        if (!nodes[i].used || !is_below(nodes[i].path, path))
            continue;
        nodes[i].used = false;
        if (strcmp(nodes[i].path, path) != 0)
            fire_exactly(nodes[i].path);
    }
    changed(path);
}

void fake_store_remove(const char *path)
{
    remove_all(path);
    if (!fake_store.asleep)
        fake_store_run();
}

/* What is about a node, in the tree of its transaction. */
static void answer_node(const struct fake_message *msg, struct fake_message *answer)
{
    const char *path = msg->payload;
    const char *rest = path + strlen(path) + 1;
    size_t rest_len = msg->head.len - strlen(path) - 1;
    int i = find(path);

    switch (msg->head.type) {
    case XS_READ:
        reply(answer, nodes[i].value, nodes[i].len);
        break;
    case XS_DIRECTORY:
        directory(path, answer);
        break;
    case XS_DIRECTORY_PART:
        directory_part(path, rest, answer);
        break;
    case XS_GET_PERMS:
        reply(answer, nodes[i].perms, nodes[i].perms_len);
        break;
    case XS_SET_PERMS:
        set_perms(i, rest, rest_len, answer);
        break;
    case XS_WRITE:
        if (!put_node(path, rest, rest_len))
            error(answer, "ENOSPC");
        else if (fake_store.written != NULL)
            fake_store.written(path);
        break;
    case XS_MKDIR:
        if (i < 0 && !put_node(path, "", 0))
            error(answer, "ENOSPC");
        break;
    case XS_RM:
        remove_all(path);
        break;
    default:
        fake_store.mistakes++;
        error(answer, "ENOSYS");
    }
}

static bool wants_node(uint32_t type)
{
    return type != XS_WRITE && type != XS_MKDIR;
}

/* What is about the store as such; @return false: it is about a node. */
static bool answer_store(const struct fake_message *msg, struct fake_message *answer)
{
    const char *word = msg->payload;
    char path[64];

    switch (msg->head.type) {
    case XS_WATCH:
        if (!set_watch(word, word + strlen(word) + 1))
            error(answer, "ENOSPC");
        return true;
    case XS_UNWATCH:
        if (!clear_watch(word, word + strlen(word) + 1))
            error(answer, "ENOENT");
        return true;
    case XS_RESET_WATCHES:
        reset_watches();
        return true;
    case XS_GET_DOMAIN_PATH:
        reply(answer, path, (size_t)snprintf(path, sizeof(path), "/local/domain/%s", word) + 1);
        return true;
    case XS_TRANSACTION_START:
        start_transaction(answer);
        return true;
    case XS_TRANSACTION_END:
        if (strcmp(word, "T") != 0 && strcmp(word, "F") != 0)
            fake_store.mistakes++;
        end_transaction(tree_of(msg->head.tx_id), word[0] == 'T', answer);
        return true;
    default:
        return false;
    }
}

void fake_store_answer(const struct fake_message *msg, struct fake_message *answer)
{
    struct tree *tree = tree_of(msg->head.tx_id);

    memset(answer, 0, sizeof(*answer));
    answer->head = msg->head;
    reply(answer, "OK", 3);
    if (strlen(msg->payload) >= msg->head.len)
        fake_store.mistakes++; /* each of our calls has a string, with its NUL */
    if (answer_store(msg, answer))
        return;
    nodes = tree != NULL ? tree->nodes : trees[0].nodes;
    if ((msg->head.tx_id != 0 && tree == NULL) ||
        (wants_node(msg->head.type) && find(msg->payload) < 0))
        error(answer, "ENOENT");
    else
        answer_node(msg, answer);
    nodes = trees[0].nodes;
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

/* As oxenstored: docs/misc/xenstore-ring.txt, "The ring reconnection feature". */
void fake_store_reconnect(void)
{
    struct xenstore_domain_interface *page = fake_xen_store_page();

    for (int tree = 1; tree <= TRANSACTIONS; tree++)
        trees[tree].tx_id = 0;
    memset(watches, 0, sizeof(watches));
    stream_in = stream_out = partial_got = 0;
    page->req_cons = page->req_prod = 0;
    page->rsp_cons = page->rsp_prod = 0;
    page->error = XENSTORE_ERROR_NONE;
    page->connection = XENSTORE_CONNECTED;
    bytes_moved++;
    send_event();
}

static bool is_reconnect_wanted(const struct xenstore_domain_interface *page)
{
    return page->connection == XENSTORE_RECONNECT &&
           (page->server_features & XENSTORE_SERVER_FEATURE_RECONNECTION) != 0;
}

void fake_store_run(void)
{
    struct xenstore_domain_interface *page = fake_xen_store_page();
    struct fake_message msg;
    struct fake_message answer;
    uint64_t before;

    if (running) /* an event inside an event: the outer one goes on */
        return;
    running = true;
    do {
        before = bytes_moved;
        if (is_reconnect_wanted(page))
            fake_store_reconnect();
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
