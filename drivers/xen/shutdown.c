/* SPDX-License-Identifier: Apache-2.0
 *
 * The end of the domain: see shutdown.h. A watch, a read, an acknowledgement, and then ShutdownOS().
 */
#include "drivers/xen/shutdown.h"

#include <string.h>

#include "drivers/console/console.h"
#include "drivers/xen/config.h"
#include "drivers/xen/hypercall.h"
#include "drivers/xen/xenstore.h"
#include "kernel/arch.h"

#define PATH "control/shutdown"

static void look(struct xs_watch *watch, const char *path);
static void connected(void);

static struct {
    struct xs_listener store;
    struct xs_watch watch;
    struct xs_request watch_req;
    struct xs_request feature_req[2];
    struct xs_request read_req;
    struct xs_request ack_req;
    char word[16];
    bool again; /* the node changed while it was being read or acknowledged */
    bool ending;
    enum xen_end reason;
} shutdown = {.store = {.connected = connected}, .watch = {.path = PATH, .fired = look}};

enum xen_end shutdown_reason(void)
{
    return shutdown.reason;
}

static bool is_word(const char *word)
{
    return strcmp(shutdown.word, word) == 0;
}

/* Whether to end, and how. */
static bool understand(void)
{
    if (is_word("poweroff") || is_word("halt"))
        shutdown.reason = XEN_END_POWEROFF;
    else if (is_word("reboot"))
        shutdown.reason = XEN_END_REBOOT;
    else
        return false;
    return true;
}

static void acknowledged(struct xs_request *req)
{
    if (req->status != 0)
        printk("shutdown: cannot acknowledge in xenstore (error %d)\n", req->status);
    if (shutdown.ending) /* whether or not the store took it: dom0 has asked */
        ShutdownOS(E_OK);
    if (shutdown.again)
        look(&shutdown.watch, PATH);
}

static void read_done(struct xs_request *req)
{
    int rc;

    if (req->status != 0 && req->status != -EOVERFLOW && req->status != -ENOENT)
        printk("shutdown: cannot read " PATH " (error %d)\n", req->status);
    /* Empty: the watch's first event, or our own acknowledgement (fact X5). No node: the same. */
    if ((req->status != 0 && req->status != -EOVERFLOW) || req->len == 0) {
        if (shutdown.again)
            look(&shutdown.watch, PATH);
        return;
    }
    shutdown.ending = req->status == 0 && understand();
    if (shutdown.ending)
        printk("shutdown: dom0 asks for '%s'\n", shutdown.word);
    else
        printk("shutdown: dom0 asks for '%s': not supported, refused; poweroff and reboot are\n",
               shutdown.word);
    rc = xs_write(&shutdown.ack_req, PATH, "", 0, acknowledged); /* before acting (fact X5) */
    if (rc != 0) {
        shutdown.ack_req.status = rc;
        acknowledged(&shutdown.ack_req);
    }
}

static void look(struct xs_watch *watch, const char *path)
{
    (void)watch;
    (void)path;
    shutdown.again = xs_is_busy(&shutdown.read_req) || xs_is_busy(&shutdown.ack_req);
    if (!shutdown.again)
        (void)xs_read(&shutdown.read_req, PATH, shutdown.word, sizeof(shutdown.word), read_done);
}

static void watched(struct xs_request *req)
{
    if (req->status != 0)
        printk("shutdown: cannot watch " PATH " (error %d): `xl shutdown` will not work\n",
               req->status);
}

/* To an empty store (fact X4). A watch that was set before is set again by the store's client. */
static void connected(void)
{
    (void)xs_watch(&shutdown.watch_req, &shutdown.watch, watched);
    /* Advice to the toolstack; without it `xl shutdown` works as well. */
    (void)xs_write(&shutdown.feature_req[0], "control/feature-poweroff", "1", 1, NULL);
    (void)xs_write(&shutdown.feature_req[1], "control/feature-reboot", "1", 1, NULL);
}

int shutdown_init(void)
{
    return xs_on_connect(&shutdown.store);
}

_Noreturn void xen_end(enum xen_end how)
{
    static const uint8_t reasons[] = {
        [XEN_END_POWEROFF] = SHUTDOWN_poweroff,
        [XEN_END_REBOOT] = SHUTDOWN_reboot,
        [XEN_END_CRASH] = SHUTDOWN_crash,
    };

    (void)hypercall_shutdown(reasons[how]);
    for (;;) /* Xen did not want it: nothing is left to do */
        arch_idle();
}
