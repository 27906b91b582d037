/* SPDX-License-Identifier: Apache-2.0
 *
 * Requests made by a task, which waits for their ends: see deeds.h. What each must lead to is
 * judged by tests/system/test_xenstore.py, from dom0's side.
 */
#include "tests/system/apps/storetasks/deeds.h"

#include <errno.h>
#include <string.h>

#include <arch/mem.h>

#include "drivers/console/console.h"
#include "drivers/xen/evtchn.h"
#include "drivers/xen/hypercall.h"
#include "drivers/xen/xenstore.h"
#include "kernel/os.h"
#include "tests/system/apps/storetasks/waiting.h"

#define LIST_BYTES  16384u
#define CHUNK_BYTES 1500u /* of a value; xenstored takes 2048 */
#define PATH_BYTES  80u
#define ATTEMPTS    1000u
#define OPEN        8u
#define HURRY_MS    500u
#define NOTICE_MS   2000u /* for dom0, to stop its daemon */
#define VALUE_BYTES 64u

static struct xs_request req = {.task = Worker, .event = StoreEvent};

/* ---- list PATH: the names, one a line, come back in data/out/0, 1 ... ---- */

static char names[LIST_BYTES];

static void list(const char *path, char *result)
{
    char out[PATH_BYTES];
    size_t len;
    int rc;

    (void)xs_ls(&req, path, names, sizeof(names), xs_set_event);
    rc = xs_wait_event(&req);
    len = req.len;
    for (size_t i = 0; i < len; i++)
        names[i] = names[i] == 0 ? '\n' : names[i];
    (void)format(result, RESULT_BYTES, "status %d, length %u", rc, (unsigned int)len);
    for (size_t at = 0; at < len && rc == 0; at += CHUNK_BYTES) {
        (void)format(out, sizeof(out), "data/out/%u", (unsigned int)(at / CHUNK_BYTES));
        rc = wait_write(&req, out, names + at, len - at < CHUNK_BYTES ? len - at : CHUNK_BYTES);
    }
}

/* ---- perms PATH MODE DOMID: its owner stays, nobody else but DOMID may use it ---- */

static uint16_t own_domid(void)
{
    char text[8];
    const char *at = text;

    return wait_read(&req, "domid", text, sizeof(text)) == 0 ? (uint16_t)number(&at) : 0;
}

static size_t print_perms(char *result, size_t at, const struct xs_perm *perms, size_t count)
{
    for (size_t i = 0; i < count; i++)
        at += format(result + at, RESULT_BYTES - at, " %c%u", perms[i].mode, perms[i].domid);
    return at;
}

static void perms(const char *text, char *result)
{
    struct xs_perm list_of[XS_PERMS_MAX] = {{XS_PERM_NONE, own_domid()}};
    char path[PATH_BYTES];
    size_t len = strcspn(text, " ");
    size_t at;
    int rc;

    (void)format(path, sizeof(path), "%.*s", (int)len, text);
    list_of[1].mode = text[len + 1];
    text += len + 3;
    list_of[1].domid = (uint16_t)number(&text);
    (void)xs_set_perms(&req, path, list_of, 2, xs_set_event);
    rc = xs_wait_event(&req);
    at = format(result, RESULT_BYTES, "status %d", rc);
    (void)xs_get_perms(&req, path, list_of, XS_PERMS_MAX, xs_set_event);
    rc = xs_wait_event(&req);
    (void)print_perms(result, at, list_of, rc == 0 ? req.len : 0);
}

/* ---- give PATH: to dom0, which a guest may not ---- */

static void give(const char *path, char *result)
{
    static const struct xs_perm dom0s = {XS_PERM_NONE, 0};

    (void)xs_set_perms(&req, path, &dom0s, 1, xs_set_event);
    (void)format(result, RESULT_BYTES, "status %d", xs_wait_event(&req));
}

/* ---- count N PATH: N transactions, each adds one to PATH/count, if PATH/noise is as it was ---- */

static struct {
    const char *folder;
    unsigned int tries;
    struct xs_request noise_req;
} counting = {.noise_req = {.task = Worker, .event = StoreEvent}};

/* Two requests of one transaction are under way at once. */
static int read_both(struct xs_request *tx, const char *count_path, char *text, size_t size)
{
    char path[PATH_BYTES];
    char noise[VALUE_BYTES];
    int rc;

    (void)format(path, sizeof(path), "%s/noise", counting.folder);
    counting.noise_req.tx = tx->tx;
    (void)xs_read(&counting.noise_req, path, noise, sizeof(noise), xs_set_event);
    rc = wait_read(tx, count_path, text, size);
    return xs_wait_event(&counting.noise_req) != 0 ? counting.noise_req.status : rc;
}

static int add_one(struct xs_request *tx)
{
    char path[PATH_BYTES];
    char text[VALUE_BYTES];
    const char *at = text;
    int rc;

    counting.tries++;
    (void)format(path, sizeof(path), "%s/count", counting.folder);
    rc = read_both(tx, path, text, sizeof(text));
    if (rc != 0)
        return rc;
    return wait_write(tx, path, text, format(text, sizeof(text), "%u", number(&at) + 1));
}

static void count(const char *text, char *result)
{
    unsigned int wanted = number(&text);
    unsigned int done = 0;
    int rc = 0;

    counting.folder = text;
    counting.tries = 0;
    while (done < wanted && rc == 0) {
        rc = xs_transaction(&req, ATTEMPTS, add_one);
        done += rc == 0;
    }
    (void)format(result, RESULT_BYTES, "status %d, committed %u, tries %u", rc, done,
                 counting.tries);
}

/* ---- abort PATH: a transaction that writes there and is not committed ---- */

static int write_and_regret(struct xs_request *tx)
{
    (void)wait_write(tx, tx->context, "never", 5);
    return -EPERM;
}

static void abort_it(const char *path, char *result)
{
    static char where[PATH_BYTES];

    (void)format(where, sizeof(where), "%s", path);
    req.context = where;
    (void)format(result, RESULT_BYTES, "status %d", xs_transaction(&req, 1, write_and_regret));
}

/* ---- open: eight reads of data/in/0 .. 7, while dom0's daemon is stopped, copied to data/out ----
 * late: before that, eight others which time out, so that their answers come first. ---- */

static struct slot {
    struct xs_request req;
    char path[PATH_BYTES];
    char value[VALUE_BYTES];
} slots[OPEN], hurried[OPEN];

static void open_all(struct slot some[OPEN], const char *folder, uint32_t timeout_ms)
{
    unsigned int under_way = 0;

    for (unsigned int i = 0; i < OPEN; i++) {
        struct slot *slot = &some[i];

        slot->req.task = Worker;
        slot->req.event = StoreEvent;
        slot->req.timeout_ms = timeout_ms;
        (void)format(slot->path, sizeof(slot->path), "%s/%u", folder, i);
        under_way +=
            xs_read(&slot->req, slot->path, slot->value, sizeof(slot->value), xs_set_event) == 0;
    }
    printk("open: %u requests under way in %s\n", under_way, folder);
}

/* @return how many ended so */
static unsigned int wait_all(struct slot some[OPEN], int status)
{
    unsigned int ended = 0;

    for (unsigned int i = 0; i < OPEN; i++)
        ended += xs_wait_event(&some[i].req) == status;
    return ended;
}

static void give_notice(void)
{
    printk("open: in %u ms\n", NOTICE_MS);
    wait_ms(NOTICE_MS);
}

static void copy_all(char *result)
{
    unsigned int done = wait_all(slots, 0);
    char path[PATH_BYTES];

    for (unsigned int i = 0; i < OPEN; i++) {
        (void)format(path, sizeof(path), "data/out/%u", i);
        (void)wait_write(&req, path, slots[i].value, slots[i].req.len);
    }
    (void)format(result, RESULT_BYTES, "%u answered", done);
}

static void open_eight(const char *text, char *result)
{
    (void)text;
    give_notice();
    open_all(slots, "data/in", 0);
    copy_all(result);
}

static void open_late(const char *text, char *result)
{
    unsigned int late;

    (void)text;
    give_notice();
    open_all(hurried, "data/other", HURRY_MS);
    late = wait_all(hurried, -ETIMEDOUT);
    printk("open: %u timed out\n", late);
    open_all(slots, "data/in", 0);
    copy_all(result);
}

/* ---- home DOMID ---- */

static void home(const char *text, char *result)
{
    char path[PATH_BYTES];

    (void)xs_domain_path(&req, (uint16_t)number(&text), path, sizeof(path), xs_set_event);
    (void)format(result, RESULT_BYTES, "%s", xs_wait_event(&req) == 0 ? path : "failed");
}

/* ---- activate: the answer to a request of Worker's activates the task Reader ---- */

static struct xs_request name_req = {.task = Reader};
static char name[VALUE_BYTES];

static void activate(const char *text, char *result)
{
    (void)text;
    (void)format(result, RESULT_BYTES, "%d",
                 xs_read(&name_req, "name", name, sizeof(name), xs_activate_task));
}

TASK(Reader)
{
    static struct xs_request copy_req;

    if (name_req.status == 0)
        (void)xs_write(&copy_req, "data/activated", name, name_req.len, NULL);
    TerminateTask();
}

/* ---- break: the ring's index of replies becomes garbage, as if dom0's daemon had done it ---- */

static struct xenstore_domain_interface *page;

void deeds_init(void)
{
    uint64_t pfn = 0;

    if (hypercall_get_param(HVM_PARAM_STORE_PFN, &pfn) == 0)
        page = mem_map(pfn * PAGE_SIZE, PAGE_SIZE, MEM_SHARED);
}

static void break_ring(const char *text, char *result)
{
    (void)text;
    printk("break: the server's features are 0x%x\n", (unsigned int)page->server_features);
    __atomic_store_n(&page->rsp_prod, page->rsp_prod + 5000, __ATOMIC_SEQ_CST);
    evtchn_raise(EVTCHN_XENSTORE);
    (void)format(result, RESULT_BYTES, "connections %u", xs_stats()->connections);
}

/* ---- all of them ---- */

static const struct deed {
    const char *word;
    void (*run)(const char *text, char *result);
} deeds[] = {
    {"list", list},         {"perms", perms},      {"give", give},      {"count", count},
    {"abort", abort_it},    {"open", open_eight},  {"late", open_late}, {"home", home},
    {"activate", activate}, {"break", break_ring},
};

void deeds_do(const char *command, char result[RESULT_BYTES])
{
    size_t len = strcspn(command, " ");

    (void)format(result, RESULT_BYTES, "what?");
    for (size_t i = 0; i < sizeof(deeds) / sizeof(deeds[0]); i++) {
        if (strncmp(command, deeds[i].word, len) == 0 && deeds[i].word[len] == 0)
            deeds[i].run(command + len + (command[len] == ' '), result);
    }
}
