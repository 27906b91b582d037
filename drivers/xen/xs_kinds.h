/* SPDX-License-Identifier: Apache-2.0
 *
 * The kinds of requests, by what becomes of the store's answer: a value, a number, a list in parts.
 * An answer is taken as its bytes come, so no message needs to fit anywhere.
 */
#ifndef XEN_XS_KINDS_H
#define XEN_XS_KINDS_H

#include "drivers/xen/xenstore.h"

struct xs_kind {
    /* Some more bytes of the answer; NULL: they are dropped. req->number, req->place and, in a new
     * request, req->len begin at 0. */
    void (*take)(struct xs_request *req, const char *bytes, uint32_t len);
    /* The end of the answer (0), of the store's patience, or of ours. @return what the request ends
     * with, or XS_GO_ON: it has got a new message, which is to be sent. NULL: ends as it is. */
    int (*end)(struct xs_request *req, int status);
};

#define XS_GO_ON 1 /* no error of the store's is positive */

extern const struct xs_kind xs_kind_change;            /* the answer says no more than that */
extern const struct xs_kind xs_kind_value;             /* into the caller's buffer, and a NUL */
extern const struct xs_kind xs_kind_name;              /* the same, up to its NUL */
extern const struct xs_kind xs_kind_list;              /* the same, and more of it if need be */
extern const struct xs_kind xs_kind_perms;             /* into the caller's array */
extern const struct xs_kind xs_kind_transaction_start; /* into req->tx */
extern const struct xs_kind xs_kind_transaction_end;   /* req->tx is 0 */

#endif
