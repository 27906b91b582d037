/* SPDX-License-Identifier: Apache-2.0
 *
 * A xenstored for unit tests, on the other side of the fake Xen's store page. By default it answers
 * truthfully and at once, from a small tree. Its two halves can also be driven by hand: take a
 * request from the ring, put any bytes into the reply stream, and let the stream through in pieces
 * of any size.
 */
#ifndef FAKE_STORE_H
#define FAKE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drivers/xen/abi.h"

struct fake_message {
    struct xsd_sockmsg head;
    char payload[XENSTORE_PAYLOAD_MAX + 1]; /* with a NUL behind it */
};

struct fake_store {
    bool asleep;         /* does nothing by itself: like a daemon that is stopped */
    uint32_t piece;      /* bytes to let through at a time; 0: as much as there is room for */
    uint32_t events;     /* sent to the guest */
    uint32_t requests;   /* taken completely */
    uint32_t mistakes;   /* requests that are not what xs_wire.h says */
    uint32_t resets;     /* XS_RESET_WATCHES */
    uint32_t parts;      /* XS_DIRECTORY_PART */
    uint32_t generation; /* of every node: what a list's parts are stamped with */
    void (*written)(const char *path); /* the guest has written a node */
};
extern struct fake_store fake_store;

#define FAKE_STORE_DOMID 7u /* the guest's */

/** An empty tree, empty rings that stand at `index`, awake. After fake_xen_reset(). */
void fake_store_reset(uint32_t index);

/** Take the next complete request out of the ring. @return false: none is complete. */
bool fake_store_take(struct fake_message *msg);

/** Answer a request truthfully into `answer`. */
void fake_store_answer(const struct fake_message *msg, struct fake_message *answer);

/** Put a message at the end of the reply stream. */
void fake_store_put(const struct fake_message *msg);

/** Bytes that wait in the reply stream. */
uint32_t fake_store_waiting(void);

/** Move up to `most` bytes of the stream into the ring, and send an event if any moved. */
void fake_store_let_through(uint32_t most);

/** Forget the connection, and be connected anew. */
void fake_store_reconnect(void);

/** Take, answer and let through what there is; connect anew if that is wanted and the page's
 *  server_features say that it can. */
void fake_store_run(void);

/** A completion function left by longjmp(), and fake_store_run() with it. */
void fake_store_abandon_run(void);

/** dom0's side: write, remove and read directly; a change fires the guest's watches. */
void fake_store_write(const char *path, const char *value, size_t len);
void fake_store_remove(const char *path);       /* and all below it */
const char *fake_store_value(const char *path); /* NULL: no such node */

/** Transactions that are open. */
unsigned int fake_store_transactions(void);

/** A watch that somebody has left, who used the rings before. */
void fake_store_left_watch(const char *path, const char *token);

/** Put a watch event into the reply stream. */
void fake_store_fire(const char *path, const char *token);

#endif
