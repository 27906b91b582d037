/* SPDX-License-Identifier: Apache-2.0
 *
 * The calls: each checks, fills in the request, and hands it to xs_engine.c. What its answer means
 * is said by its kind (xs_kinds.c).
 */
#include "drivers/xen/xenstore.h"

#include <string.h>

#include "drivers/xen/evtchn.h"
#include "drivers/xen/hypercall.h"
#include "drivers/xen/xs_calls.h"
#include "drivers/xen/xs_engine.h"
#include "drivers/xen/xs_ring.h"
#include "fmt.h"

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

/* ---- what all calls have in common ---- */

static int check_ring(void)
{
    if (xs_ring_state() == XS_RING_NONE)
        return -ENODEV;
    return xs_ring_state() == XS_RING_DEAD ? -EIO : 0;
}

static int check(const struct xs_message *msg, size_t path_len)
{
    if (check_ring() != 0)
        return check_ring();
    if (msg->path != NULL && (path_len < 2 || path_len > XS_PATH_MAX + 1))
        return -EINVAL;
    if (msg->rest_len > XS_PAYLOAD_MAX - path_len)
        return -E2BIG;
    return 0;
}

int xs_call(struct xs_request *req, const struct xs_message *msg, xs_done *done)
{
    size_t path_len = msg->path != NULL ? strlen(msg->path) + 1 : 0;

    if (xs_is_busy(req))
        return -EBUSY;
    req->status = check(msg, path_len);
    if (req->status != 0)
        return req->status;
    req->type = msg->type;
    req->kind = msg->kind;
    req->part[0] = msg->path;
    req->part_len[0] = (uint32_t)path_len;
    req->part[1] = msg->rest;
    req->part_len[1] = (uint32_t)msg->rest_len;
    req->reply = msg->reply;
    req->reply_size = msg->reply_size;
    req->watch = msg->watch;
    req->done = done;
    xs_engine_submit(req);
    return 0;
}

static int query(struct xs_request *req, const struct xs_message *msg, xs_done *done)
{
    if (msg->reply_size == 0 && !xs_is_busy(req))
        return req->status = -EINVAL;
    return xs_call(req, msg, done);
}

/* ---- nodes ---- */

int xs_read(struct xs_request *req, const char *path, char *buf, size_t size, xs_done *done)
{
    return query(req,
                 &(struct xs_message){.type = XS_READ,
                                      .kind = &xs_kind_value,
                                      .path = path,
                                      .reply = buf,
                                      .reply_size = size},
                 done);
}

int xs_ls(struct xs_request *req, const char *path, char *buf, size_t size, xs_done *done)
{
    return query(req,
                 &(struct xs_message){.type = XS_DIRECTORY,
                                      .kind = &xs_kind_list,
                                      .path = path,
                                      .reply = buf,
                                      .reply_size = size},
                 done);
}

int xs_write(struct xs_request *req, const char *path, const void *value, size_t len, xs_done *done)
{
    return xs_call(req,
                   &(struct xs_message){.type = XS_WRITE,
                                        .kind = &xs_kind_change,
                                        .path = path,
                                        .rest = value,
                                        .rest_len = len},
                   done);
}

int xs_mkdir(struct xs_request *req, const char *path, xs_done *done)
{
    return xs_call(
        req, &(struct xs_message){.type = XS_MKDIR, .kind = &xs_kind_change, .path = path}, done);
}

int xs_rm(struct xs_request *req, const char *path, xs_done *done)
{
    return xs_call(req, &(struct xs_message){.type = XS_RM, .kind = &xs_kind_change, .path = path},
                   done);
}

/* ---- who may use a node ---- */

int xs_get_perms(struct xs_request *req, const char *path, struct xs_perm *perms, size_t count,
                 xs_done *done)
{
    return query(req,
                 &(struct xs_message){.type = XS_GET_PERMS,
                                      .kind = &xs_kind_perms,
                                      .path = path,
                                      .reply = perms,
                                      .reply_size = count},
                 done);
}

int xs_set_perms(struct xs_request *req, const char *path, const struct xs_perm *perms,
                 size_t count, xs_done *done)
{
    struct xs_message msg = {
        .type = XS_SET_PERMS, .kind = &xs_kind_change, .path = path, .rest = req->text};

    if (xs_is_busy(req))
        return -EBUSY;
    if (count == 0 || count > XS_PERMS_MAX)
        return req->status = -EINVAL;
    for (size_t i = 0; i < count; i++)
        msg.rest_len = fmt_add(req->text, sizeof(req->text), msg.rest_len, "%c%u%c", perms[i].mode,
                               perms[i].domid, 0);
    return xs_call(req, &msg, done);
}

/* ---- transactions ---- */

int xs_transaction_start(struct xs_request *req, xs_done *done)
{
    if (!xs_is_busy(req))
        req->tx = 0;
    return xs_call(req,
                   &(struct xs_message){.type = XS_TRANSACTION_START,
                                        .kind = &xs_kind_transaction_start,
                                        .rest = "",
                                        .rest_len = 1},
                   done);
}

int xs_transaction_end(struct xs_request *req, bool commit, xs_done *done)
{
    return xs_call(req,
                   &(struct xs_message){.type = XS_TRANSACTION_END,
                                        .kind = &xs_kind_transaction_end,
                                        .rest = commit ? "T" : "F",
                                        .rest_len = 2},
                   done);
}

/* ---- domains ---- */

int xs_domain_path(struct xs_request *req, uint16_t domid, char *buf, size_t size, xs_done *done)
{
    struct xs_message msg = {.type = XS_GET_DOMAIN_PATH,
                             .kind = &xs_kind_name,
                             .rest = req->text,
                             .reply = buf,
                             .reply_size = size};

    if (xs_is_busy(req))
        return -EBUSY;
    msg.rest_len = fmt_add(req->text, sizeof(req->text), 0, "%u%c", domid, 0);
    return query(req, &msg, done);
}

/* ---- nobody ---- */

int xs_sleep(struct xs_request *req, uint32_t ms, xs_done *done)
{
    if (xs_is_busy(req))
        return -EBUSY;
    req->status = check_ring();
    if (req->status != 0)
        return req->status;
    req->type = XS_INVALID;
    req->kind = &xs_kind_change;
    req->done = done;
    xs_engine_sleep(req, ms);
    return 0;
}
