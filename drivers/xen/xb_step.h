/* SPDX-License-Identifier: Apache-2.0
 *
 * XenBus step by step: each is one request to xenstore, and what its answer means. Which one comes
 * when is xenbus.c's business, which supplies the functions at the end. Context: xenbus.c's.
 */
#ifndef XEN_XB_STEP_H
#define XEN_XB_STEP_H

#include "drivers/xen/xenbus.h"

enum xb_step {
    XB_WATCH_NODE,
    XB_LOOK,        /* at our own state: is there a node, and what we wrote last? */
    XB_FIND,        /* read where the backend is, */
    XB_FIND_DOMAIN, /* and whose it is, */
    XB_WATCH_BACKEND,
    XB_UNWATCH_BACKEND,
    XB_PEEK,   /* at the backend's state */
    XB_KEY,    /* write keys[index] */
    XB_NUMBER, /* read properties[index] */
    XB_SWITCH, /* write next_state */
};

/** Start a step. No other may be under way. Its end calls one of the functions below. */
void xb_go(struct xenbus_device *dev, enum xb_step step);

/** Whether the path leaves room for the names that are put behind it. */
bool xb_is_path(const char *path);

/* Supplied by xenbus.c. */

/** The step has done its work: what is next? */
void xb_advance(struct xenbus_device *dev);

/** The step could not be done. */
void xb_failed(struct xenbus_device *dev, int error);

/** Our node is not there any more, or another one of the same name. */
void xb_vanished(struct xenbus_device *dev);

/** The backend is in another state than before. */
void xb_backend_changed(struct xenbus_device *dev, uint8_t state);

/** All properties are in values[], or (-EPROTO) one is not as it must be. */
void xb_properties(struct xenbus_device *dev, int error);

/** Our state is written. */
void xb_switched(struct xenbus_device *dev);

#endif
