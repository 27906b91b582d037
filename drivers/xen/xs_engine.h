/* SPDX-License-Identifier: Apache-2.0
 *
 * The store client's middle: which requests there are, which message belongs to which, and how a
 * request ends. All state belongs to one context, the store's ISR2 (before StartOS: xs_wait());
 * others only put requests into the list and raise the store's own event. xenstore.h is the face,
 * xs_kinds.h says what the answers are, xs_send.h, xs_receive.h and xs_ring.h are the way to the
 * daemon.
 */
#ifndef XEN_XS_ENGINE_H
#define XEN_XS_ENGINE_H

#include <stdbool.h>

#include "drivers/xen/xenstore.h"

/* A request's state. One that sleeps is never sent: it only waits for its time. */
enum { XS_FREE, XS_QUEUED, XS_SENDING, XS_SENT, XS_SLEEPING };

/** Put a request that is filled in into the list, an urgent one before all others, and have it sent.
 *  Context: any that may use xenstore.h. */
void xs_engine_submit(struct xs_request *req);

/** Put a request into the list that has nothing to send and ends after `ms`. Context: as above. */
void xs_engine_sleep(struct xs_request *req, uint32_t ms);

/** The first request that waits to be sent, or NULL. */
struct xs_request *xs_engine_next(void);

/** One more message is out. */
void xs_engine_sent(void);

/** One more watch event has come. */
void xs_engine_count_event(bool is_known);

#endif
