/* SPDX-License-Identifier: Apache-2.0
 *
 * What happens when the store has come, for the first time or again: its listeners are told, and
 * watches that it has forgotten are set again. Context, but for xs_on_connect(): xs_engine.c's.
 */
#ifndef XEN_XS_CONNECT_H
#define XEN_XS_CONNECT_H

#include <stdint.h>

#include "drivers/xen/xenstore.h"

/** The store has come. */
void xs_connect_came(void);

/** How often it has; what this number was at some time names a connection. Never 0 after that. */
uint32_t xs_connect_number(void);

/** Tell whoever does not know yet, and set one watch again that the store does not know. To be
 *  called while the store is there, whenever an answer has come. */
void xs_connect_serve(void);

#endif
