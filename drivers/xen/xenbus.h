/* SPDX-License-Identifier: Apache-2.0
 *
 * XenBus, the frontend's side: how a guest's driver and its counterpart in another domain, mostly
 * dom0's kernel, find each other in xenstore, agree, connect, and part again. What they say to each
 * other then, in granted pages and by events, is theirs: drivers/xen/blkfront.c is one.
 *
 * The toolstack makes a node for each end, and says in each where the other one is:
 *
 *     device/vbd/51712/backend = "/local/domain/0/backend/vbd/1/51712"      in the guest's home
 *                      backend-id = "0"
 *                      state = "1"                      the guest writes it and all its other keys
 *     /local/domain/0/backend/vbd/1/51712/state = "2"   the guest watches it
 *
 * Each end tells by its `state` how far it is, and goes on by what it sees of the other's:
 *
 *     frontend                                          backend
 *     1 Initialising                                    1 Initialising
 *                                                       2 InitWait      there; may have said more
 *     driver->publish(), keys written
 *     3 Initialised                                       maps the ring, binds the event channel
 *                                                       4 Connected     properties are there
 *     properties read, driver->connect()
 *     4 Connected
 *
 *     driver->disconnect()
 *     5 Closing        if the guest begins              5 Closing       if the backend begins
 *     6 Closed                                            unmaps
 *                                                       6 Closed
 *     driver->release()
 *
 * Either end may begin to close, fail, vanish or come back at any moment, and any of it may be
 * missed, because watches merge: what is done follows from the two states alone, by the one table
 * in xenbus.c. Reconfiguring and Reconfigured (7, 8), which only a few kinds of devices use, leave
 * the connection as it is.
 *
 * After Closed the frontend begins again, at 1, when the backend shows by 1, 2 or 3 that it has come
 * back, when the toolstack makes the nodes anew (`xl block-attach`), or when xenbus_open() is called
 * again. A backend that rests in Closed is left in peace.
 *
 * Nobody waits: all goes on in the store's ISR2, one request to xenstore at a time. Each has the
 * store's time-out, after which it is tried again, 3 times in all; a backend that does not go on for
 * XENBUS_TIMEOUT_MS is printed, and is welcome later. The application needs an alarm that looks for
 * late requests (OIL: XENSTOREALARM), or time-outs are noticed late.
 *
 * Source: xen/io/xenbus.h (the states), xen/io/blkif.h (their order: "State diagrams").
 */
#ifndef XEN_XENBUS_H
#define XEN_XENBUS_H

#include <stdbool.h>
#include <stdint.h>

#include "drivers/xen/xenstore.h"

/* How long a backend may take for its next state. */
#define XENBUS_TIMEOUT_MS 10000u

/* Bytes of a node's path with one more name behind it, and the NUL. */
#define XENBUS_PATH_BYTES 128u

/** What the frontend publishes in its node before it says Initialised. */
struct xenbus_key {
    const char *name; /* "ring-ref" */
    const char *text; /* NULL: the number, in decimal */
    uint32_t number;
};

/** A decimal number that the backend publishes in its node before it says Connected. */
struct xenbus_property {
    const char *name; /* "sectors" */
    bool required;    /* else it is 0 if it is not there */
};

struct xenbus_device;

/**
 * A kind of device. All functions run in the store's ISR2, so never two at once, and not while an
 * event channel's handler runs.
 */
struct xenbus_driver {
    const struct xenbus_property *properties;
    uint8_t property_count;

    /** The backend, dev->backend_id, is there: grant the pages and open the event channel, from a
     *  clean start. @return 0; -errno: there will be no connection, and the device goes to Closed */
    int (*publish)(struct xenbus_device *dev);

    /** The backend has connected; `values` are the properties', in their order. I/O may begin.
     *  @return 0; -errno: this cannot be used; disconnect() is called next */
    int (*connect)(struct xenbus_device *dev, const uint64_t *values);

    /** After publish() has returned 0, once: the connection is over, or will never be, for the
     *  reason `why` (-errno: xenbus_device.error). Answer what is under way, and send and take
     *  nothing any more. The backend may still have pages mapped and the channel bound, or, if it has
     *  just come back, be about to. */
    void (*disconnect)(struct xenbus_device *dev, int why);

    /** After disconnect(): the backend has closed, vanished, or come back anew. Close the channel and
     *  end the grants. What is still mapped (-EBUSY) was left so by a backend that breaks the rules: do not use that page
     *  for anybody else, and try again in publish(). */
    void (*release)(struct xenbus_device *dev);
};

#define XENBUS_PROPERTIES_MAX 8u

/** One device, a static variable. */
struct xenbus_device {
    /* The driver's, before xenbus_open(). */
    const char *path; /* of its node: "device/vbd/51712" */
    const struct xenbus_driver *driver;
    struct xenbus_key *keys; /* at least one; publish() fills in their numbers */
    uint8_t key_count;

    /* Read at any time. */
    uint8_t state;         /* XenbusState... of this end; XenbusStateUnknown: there is no node */
    uint8_t backend_state; /* XenbusState... of the other, as seen last */
    uint16_t backend_id;   /* the other's domain */
    /* Why there is no connection: 0 after connect(), and
     *   -EAGAIN      it is being made
     *   -ENODEV      there is no such node: the toolstack has made none, or taken it away
     *   -ETIMEDOUT   the backend does not go on, or xenstore does not answer
     *   -ECONNRESET  the backend has closed, vanished, or begun anew
     *   -ESHUTDOWN   xenbus_close()
     *   -EPROTO      the backend says what cannot be
     *   or what publish() or connect() returned, xenbus_fail() was given, or xenstore refused with */
    int error;

    /* The machine's: not to be touched. */
    bool open;           /* the application wants it */
    bool present;        /* there is a node, and its backend is known */
    bool look, peek;     /* our node, or the backend's state, has changed */
    bool watching_own;   /* our node, by `own` */
    bool watching_other; /* the backend's state, by `other` */
    bool in_use;         /* from publish() to disconnect() */
    bool lent;           /* from publish() to release() */
    bool again;          /* go from Closed to Initialising though the backend rests */
    bool fresh;          /* the backend's state has changed since we have been Closed */
    bool waiting;        /* for the backend's next state */
    bool late;           /* and that for too long */
    bool retrying;       /* a step failed, and will be tried again */
    uint8_t step, index, next_state, failures;
    int fault;         /* why to close: from xenbus_close() or xenbus_fail() */
    uint64_t deadline; /* of waiting or retrying, in counts of arch_timer_count() */
    char backend[XENBUS_PATH_BYTES];
    char backend_state_path[XENBUS_PATH_BYTES];
    char node[XENBUS_PATH_BYTES]; /* what the request is about */
    char value[XENBUS_PATH_BYTES];
    uint64_t values[XENBUS_PROPERTIES_MAX];
    struct xs_request req, timer, kick;
    struct xs_watch own, other;
};

/**
 * Begin to look for the device and to connect it, now and whenever it comes; or begin again after
 * xenbus_close() or when both ends rest in Closed. The driver hears of it by its functions.
 * @return 0; -ENODEV: no xenstore; -EINVAL: no driver's, or too long a path; -EIO: the store is dead
 * Context: task, ISR2, before StartOS after xs_init().
 */
int xenbus_open(struct xenbus_device *dev);

/** Close it, in the store's ISR2: disconnect(), Closing, the backend's answer, Closed, release().
 *  It stays closed until xenbus_open(). Context: as above. */
void xenbus_close(struct xenbus_device *dev);

/** The driver has found that the backend breaks their protocol: close with `error` (-EPROTO ...).
 *  Until disconnect() comes the driver takes nothing more from it. Context: as above. */
void xenbus_fail(struct xenbus_device *dev, int error);

/** The number at the end of the device's path, 51712: what the toolstack calls the device. */
uint32_t xenbus_id(const struct xenbus_device *dev);

#endif
