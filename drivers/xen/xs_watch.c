/* SPDX-License-Identifier: Apache-2.0
 *
 * The list of watches, and the client's own request, which sets them again.
 */
#include "drivers/xen/xs_watch.h"

#include <string.h>

#include "drivers/console/console.h"
#include "drivers/xen/abi.h"
#include "drivers/xen/xs_calls.h"
#include "drivers/xen/xs_engine.h"
#include "drivers/xen/xs_receive.h"
#include "os.h"

/* A watch's state. */
enum {
    ASKED, /* its xs_watch() is under way */
    SET,
    LOST, /* the store has forgotten it */
};

static struct {
    struct xs_watch *first;
    uint32_t last_token;
    struct xs_request req; /* ours */
    bool reset_wanted;
} watches;

/* ---- the list ---- */

static void add(struct xs_watch *watch)
{
    SuspendAllInterrupts();
    watch->state = ASKED;
    watch->next = watches.first;
    watches.first = watch;
    ResumeAllInterrupts();
}

/* No effect if it is not there. */
static void forget(const struct xs_watch *watch)
{
    struct xs_watch **place = &watches.first;

    SuspendAllInterrupts();
    while (*place != NULL && *place != watch)
        place = &(*place)->next;
    if (*place != NULL)
        *place = watch->next;
    ResumeAllInterrupts();
}

static bool is_known(const struct xs_watch *watch)
{
    const struct xs_watch *w = watches.first;

    while (w != NULL && w != watch)
        w = w->next;
    return w != NULL;
}

/* ---- the calls ---- */

static void make_token(char token[12], uint32_t number)
{
    static const char digits[] = "0123456789abcdef";

    *token++ = 'w';
    for (unsigned int shift = 32; shift > 0; shift -= 4)
        *token++ = digits[(number >> (shift - 4)) & 0xf];
    *token = 0;
}

static struct xs_message message(struct xs_watch *watch, uint32_t type, const struct xs_kind *kind)
{
    return (struct xs_message){.type = type,
                               .kind = kind,
                               .path = watch->path,
                               .rest = watch->token,
                               .rest_len = strlen(watch->token) + 1,
                               .watch = watch};
}

static int end_watch(struct xs_request *req, int status)
{
    if (status == 0)
        req->watch->state = SET;
    else
        forget(req->watch);
    return status;
}

int xs_watch(struct xs_request *req, struct xs_watch *watch, xs_done *done)
{
    static const struct xs_kind kind = {.end = end_watch};
    struct xs_message msg;
    int rc;

    if (xs_is_busy(req) || is_known(watch))
        return -EBUSY;
    make_token(watch->token, __atomic_add_fetch(&watches.last_token, 1, __ATOMIC_RELAXED));
    msg = message(watch, XS_WATCH, &kind);
    add(watch); /* before the request: the first event comes with the reply */
    rc = xs_call(req, &msg, done);
    if (rc != 0)
        forget(watch);
    return rc;
}

/* One that the store has forgotten need not be taken away. */
static int end_unwatch(struct xs_request *req, int status)
{
    (void)req;
    return status == -ENOENT ? 0 : status;
}

int xs_unwatch(struct xs_request *req, struct xs_watch *watch, xs_done *done)
{
    static const struct xs_kind kind = {.end = end_unwatch};
    struct xs_message msg = message(watch, XS_UNWATCH, &kind);

    if (xs_is_busy(req))
        return -EBUSY;
    if (!is_known(watch))
        return req->status = -ENOENT;
    forget(watch);
    return xs_call(req, &msg, done);
}

/* ---- events ---- */

void xs_watch_event(const char *path, const char *token)
{
    struct xs_watch *watch = watches.first;

    while (watch != NULL && strcmp(watch->token, token) != 0)
        watch = watch->next;
    xs_engine_count_event(watch != NULL);
    if (watch != NULL)
        watch->fired(watch, path);
}

/* ---- a new connection ---- */

static void lose_all(void)
{
    for (struct xs_watch *watch = watches.first; watch != NULL; watch = watch->next) {
        if (watch->state == SET)
            watch->state = LOST;
    }
}

static struct xs_watch *first_lost(void)
{
    struct xs_watch *watch = watches.first;

    while (watch != NULL && watch->state != LOST)
        watch = watch->next;
    return watch;
}

static void reset_done(struct xs_request *req);
static void set_again_done(struct xs_request *req);

/* Our request, which goes before all others: whatever watch is asked for meanwhile must come to the
 * store behind the reset. An error is that of the rings: then this comes again. */
static void go_on(void)
{
    const struct xs_message reset = {
        .type = XS_RESET_WATCHES, .kind = &xs_kind_change, .rest = "", .rest_len = 1};
    struct xs_watch *lost = first_lost();
    struct xs_message again;

    watches.req.is_urgent = true;
    if (watches.reset_wanted) {
        watches.reset_wanted = xs_call(&watches.req, &reset, reset_done) != 0;
    } else if (lost != NULL) {
        again = message(lost, XS_WATCH, &xs_kind_change);
        lost->state = SET;
        (void)xs_call(&watches.req, &again, set_again_done);
    }
}

/* Those that were set when the store answered it had come before the reset. Should it know no reset
 * (-EINVAL, -ENOSYS), no harm is done: a watch may be set twice. */
static void reset_done(struct xs_request *req)
{
    (void)req;
    lose_all();
    go_on();
}

static void set_again_done(struct xs_request *req)
{
    if (req->status != 0 && !watches.reset_wanted)
        printk("xenstore: cannot watch %s again (error %d): its changes are not seen any more\n",
               req->watch->path, req->status);
    go_on();
}

void xs_watch_connected(void)
{
    watches.reset_wanted = true;
    if (!xs_is_busy(&watches.req))
        go_on();
}
