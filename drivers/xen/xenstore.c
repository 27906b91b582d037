/* SPDX-License-Identifier: Apache-2.0
 *
 * The calls: each checks, fills in the request, and hands it to xs_engine.c.
 */
#include "drivers/xen/xenstore.h"

#include <string.h>

#include "drivers/xen/evtchn.h"
#include "drivers/xen/hypercall.h"
#include "drivers/xen/xs_engine.h"
#include "drivers/xen/xs_ring.h"

int xs_init(void)
{
    uint64_t port = 0;
    int rc;

    if (hypercall_get_param(HVM_PARAM_STORE_EVTCHN, &port) != 0 || port == 0 || port > UINT32_MAX)
        return -ENODEV; /* fact X4 */
    rc = evtchn_bind(EVTCHN_XENSTORE, (uint32_t)port);
    if (rc == 0) /* else there is no store: without its event no request would ever end */
        xs_ring_init();
    return rc;
}

bool xs_is_connected(void)
{
    return xs_ring_is_connected();
}

static int check(const struct xs_request *req)
{
    if (xs_ring_state() == XS_RING_NONE)
        return -ENODEV;
    if (xs_ring_state() == XS_RING_DEAD)
        return -EIO;
    if (req->part_len[0] < 2 || req->part_len[0] > XS_PATH_MAX + 1)
        return -EINVAL;
    if (req->part_len[1] > XS_PAYLOAD_MAX - req->part_len[0])
        return -E2BIG;
    return 0;
}

/* Fill in what all calls have in common, and start it. */
static int submit(struct xs_request *req, uint32_t type, const char *path, const void *rest,
                  size_t rest_len, xs_done *done)
{
    size_t path_len = strlen(path);
    int rc;

    req->type = type;
    req->part[0] = path;
    req->part_len[0] = path_len > XS_PATH_MAX ? XS_PATH_MAX + 2 : (uint32_t)path_len + 1;
    req->part[1] = rest;
    req->part_len[1] = rest_len > XS_PAYLOAD_MAX ? XS_PAYLOAD_MAX : (uint32_t)rest_len;
    req->done = done;
    rc = check(req);
    if (rc == 0)
        xs_engine_submit(req);
    else
        req->status = rc;
    return rc;
}

static int submit_query(struct xs_request *req, uint32_t type, const char *path, char *buf,
                        size_t size, xs_done *done)
{
    if (xs_is_busy(req))
        return -EBUSY;
    if (size == 0)
        return req->status = -EINVAL;
    req->reply = buf;
    req->reply_size = size;
    return submit(req, type, path, NULL, 0, done);
}

static int submit_change(struct xs_request *req, uint32_t type, const char *path, const void *rest,
                         size_t rest_len, xs_done *done)
{
    if (xs_is_busy(req))
        return -EBUSY;
    req->reply = NULL;
    return submit(req, type, path, rest, rest_len, done);
}

int xs_read(struct xs_request *req, const char *path, char *buf, size_t size, xs_done *done)
{
    return submit_query(req, XS_READ, path, buf, size, done);
}

int xs_ls(struct xs_request *req, const char *path, char *buf, size_t size, xs_done *done)
{
    return submit_query(req, XS_DIRECTORY, path, buf, size, done);
}

int xs_write(struct xs_request *req, const char *path, const void *value, size_t len, xs_done *done)
{
    return submit_change(req, XS_WRITE, path, value, len, done);
}

int xs_mkdir(struct xs_request *req, const char *path, xs_done *done)
{
    return submit_change(req, XS_MKDIR, path, NULL, 0, done);
}

int xs_rm(struct xs_request *req, const char *path, xs_done *done)
{
    return submit_change(req, XS_RM, path, NULL, 0, done);
}

static uint32_t last_token;

static void make_token(char token[12], uint32_t number)
{
    static const char digits[] = "0123456789abcdef";

    *token++ = 'w';
    for (unsigned int shift = 32; shift > 0; shift -= 4)
        *token++ = digits[(number >> (shift - 4)) & 0xf];
    *token = 0;
}

int xs_watch(struct xs_request *req, struct xs_watch *watch, xs_done *done)
{
    int rc;

    if (xs_is_busy(req) || xs_engine_is_watched(watch))
        return -EBUSY;
    make_token(watch->token, __atomic_add_fetch(&last_token, 1, __ATOMIC_RELAXED));
    req->watch = watch;
    xs_engine_add_watch(watch); /* before the request: the first event comes with the reply */
    rc = submit_change(req, XS_WATCH, watch->path, watch->token, strlen(watch->token) + 1, done);
    if (rc != 0)
        xs_engine_forget_watch(watch);
    return rc;
}

int xs_unwatch(struct xs_request *req, struct xs_watch *watch, xs_done *done)
{
    if (xs_is_busy(req))
        return -EBUSY;
    if (!xs_engine_is_watched(watch))
        return req->status = -ENOENT;
    xs_engine_forget_watch(watch);
    return submit_change(req, XS_UNWATCH, watch->path, watch->token, strlen(watch->token) + 1,
                         done);
}
