/* SPDX-License-Identifier: Apache-2.0
 *
 * The stream of replies taken apart into messages, as its bytes come: an answer goes straight to
 * its request's kind, so no message needs to fit anywhere, and a hostile length hurts nobody.
 */
#ifndef XEN_XS_RECEIVE_H
#define XEN_XS_RECEIVE_H

#include <stddef.h>
#include <stdint.h>

#include "drivers/xen/xenstore.h"

/** Take what is in the ring now, at most one ring's size: if the daemon has put more in meanwhile,
 *  its event is still to come. Calls the functions below for what is complete. */
void xs_receive(void);

/** The stream starts anew with a message's header. */
void xs_receive_reset(void);

/** The request has ended: its buffer must not be touched any more, even with half the answer here. */
void xs_receive_forget(const struct xs_request *req);

/* Supplied by xs_engine.c. */

/** The request that a reply of this id and type belongs to; NULL: nobody's, drop it. */
struct xs_request *xs_awaiting(uint32_t id, uint32_t type);

/** The request's answer has come completely; `error` is the name of the store's refusal, or NULL. */
void xs_answered(struct xs_request *req, const char *error);

/* Supplied by xs_watch.c. */

/** A watch fired. */
void xs_watch_event(const char *path, const char *token);

#endif
