/* SPDX-License-Identifier: Apache-2.0
 *
 * Who wants to know that the store has come, for the first time or again.
 * Context, but for xs_on_connect(): xs_engine.c's.
 */
#ifndef XEN_XS_CONNECT_H
#define XEN_XS_CONNECT_H

#include "drivers/xen/xenstore.h"

/** The store has come. */
void xs_connect_came(void);

/** Tell whoever does not know yet. To be called while the store is there. */
void xs_connect_serve(void);

#endif
