/* SPDX-License-Identifier: Apache-2.0
 *
 * The way that all calls of xenstore.h go: a message is checked, becomes a request, and is handed
 * to xs_engine.c.
 */
#ifndef XEN_XS_CALLS_H
#define XEN_XS_CALLS_H

#include "drivers/xen/xs_kinds.h"

struct xs_message {
    uint32_t type; /* XS_READ ... */
    const struct xs_kind *kind;
    const char *path; /* NULL: the message is not about a node */
    const void *rest; /* of the message: what follows the path and its NUL */
    size_t rest_len;
    void *reply; /* for the answer, as its kind wants it */
    size_t reply_size;
    struct xs_watch *watch;
};

/** Start a request. Returns what the calls of xenstore.h return. Context: as they. */
int xs_call(struct xs_request *req, const struct xs_message *msg, xs_done *done);

#endif
