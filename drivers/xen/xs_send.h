/* SPDX-License-Identifier: Apache-2.0
 *
 * Requests made into the stream of messages that goes to the store. A message that does not fit now
 * goes on at the next call; what has begun is always ended, for the other side counts bytes.
 */
#ifndef XEN_XS_SEND_H
#define XEN_XS_SEND_H

#include "drivers/xen/xenstore.h"

/** Send what waits, as far as there is room. */
void xs_send(void);

/** The stream starts anew: a message that was half out will be sent again. */
void xs_send_reset(void);

/** The request has ended: its path and value must not be read any more, even with half of them
 *  out. */
void xs_send_forget(const struct xs_request *req);

#endif
