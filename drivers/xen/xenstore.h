/* SPDX-License-Identifier: Apache-2.0
 *
 * Client of xenstore, the small tree of text values by which Xen's toolstack, dom0 and guests find
 * each other. A guest talks to the store's daemon through one page with two rings of 1024 bytes and
 * one event channel. Nothing here blocks: a call starts a request, and a completion function ends
 * it.
 *
 * Source: xen/io/xs_wire.h and Xen's docs/misc/xenstore.txt, xenstore-ring.txt. Facts X1-X4.
 *
 * Paths are absolute ("/local/domain/0/name") or, without a leading slash, relative to the guest's
 * own home /local/domain/<domid>: "domid" is the guest's own number, "name" its name. Of its home a
 * guest may write "data", "control/shutdown", "control/feature-*", "device/suspend/event-channel",
 * "drivers", "feature", "attr" and "error" (fact X3), no matter how the toolstack set up the rest.
 *
 * A path, a value and a reply buffer belong to the caller, are not copied, and must stay as they
 * are from the call until the completion function runs (a late reply never touches them after
 * that). So does struct xs_request, which is best a static variable; zeroed it is ready for use.
 * One request struct is one request at a time; as many as one likes may be under way, and replies
 * may come in any order.
 */
#ifndef XENSTORE_H
#define XENSTORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct xs_request;
struct xs_watch;

/**
 * The end of a request. It runs once for each call that returned 0, in the store's ISR2 (before
 * StartOS: inside xs_wait()). It may start other requests, or the same one again, and call the OS
 * services that an ISR2 may call.
 */
typedef void xs_done(struct xs_request *req);

struct xs_request {
    /* The caller's. Before the call: */
    uint32_t timeout_ms; /* from the call to the completion; 0: CFG_XS_TIMEOUT_MS */
    void *context;       /* never looked at here */
    /* From the completion on: */
    int status; /* 0, or why not (below); meanwhile -EAGAIN */
    size_t len; /* bytes of the store's answer, also of those that did not fit; 0 if it failed */

    /* The client's: not to be touched. */
    struct xs_request *next;
    xs_done *done;
    uint64_t deadline;   /* in counts of arch_timer_count() */
    const void *part[2]; /* behind the message's header: path and NUL, then value or token */
    uint32_t part_len[2];
    char *reply;
    size_t reply_size;
    struct xs_watch *watch;
    uint32_t id;
    uint32_t type; /* XS_READ ... */
    uint8_t state;
};

/*
 * What a request can end with, in `status`:
 *   0            done
 *   -EOVERFLOW   done, but the answer is longer than the buffer: that holds the beginning, and
 *                `len` is the length of all
 *   -ENOENT      no such node
 *   -EACCES      not the guest's to read or write
 *   -EINVAL      the store does not accept this path
 *   -ENOSPC      the guest's quota in the store is used up
 *   -ETIMEDOUT   no answer in time. If it was a change, it may have been made, or be made later; of
 *                a value above 1000 bytes the end may then read as NUL bytes
 *   -EIO         the store broke the ring's rules, or sent an error that nobody knows; if the rings
 *                are dead, this was printed once, and every later call returns -EIO too
 * and any other error that the store may send: xsd_errors in xen/io/xs_wire.h.
 *
 * What each call below returns:
 *   0         the request is under way: `done` will be called
 *   -ENODEV   there is no xenstore (fact X4): dom0less without a dom0, or a bare machine
 *   -EBUSY    this struct is still under way
 *   -EINVAL   empty path, or a path above XS_PATH_MAX
 *   -E2BIG    path and value together above XS_PAYLOAD_MAX
 *   -EIO      the rings are dead
 * With an error `done` is not called, and (but for -EBUSY) it is in `status` too. `done` may be
 * NULL: look at xs_is_busy(), or do not care. Context of all calls: task, ISR2, alarm callback,
 * before StartOS.
 */

#define XS_PAYLOAD_MAX 4096u /* bytes behind a message's header: XENSTORE_PAYLOAD_MAX */
#define XS_PATH_MAX                                                                                \
    1000u /* bytes without the NUL; shorter than the ring, so that a path never goes in pieces */

/**
 * Read a node's value.
 * @param buf   receives at most size - 1 bytes and always a NUL behind them (the store's values
 *              have none); a value may hold NUL bytes of its own
 * @param size  at least 1
 */
int xs_read(struct xs_request *req, const char *path, char *buf, size_t size, xs_done *done);

/** List a node's children: their names one behind another, each ended by NUL. Else as xs_read(). */
int xs_ls(struct xs_request *req, const char *path, char *buf, size_t size, xs_done *done);

/** Write a node's value, `len` bytes of any kind, 0 .. ; makes the node and its parents. */
int xs_write(struct xs_request *req, const char *path, const void *value, size_t len,
             xs_done *done);

/** Make a node with an empty value, and its parents; no error if it is there. */
int xs_mkdir(struct xs_request *req, const char *path, xs_done *done);

/** Remove a node and all below it. -ENOENT only if its parent is not there either. */
int xs_rm(struct xs_request *req, const char *path, xs_done *done);

/**
 * A watch: `fired` is called when the node `path`, or one below it, was written, made or removed,
 * and once as soon as the watch is set. Events are not counted: several changes may be one call, so
 * read what you need then. The struct and the path must stay as they are until xs_unwatch() has
 * ended with 0. `fired` runs like a completion function. Its `path` is the changed node's as the
 * store sends it, in the form (relative or absolute) of the watch, cut after XS_WATCH_PATH_MAX
 * bytes, and valid during the call only.
 */
struct xs_watch {
    const char *path;
    void (*fired)(struct xs_watch *watch, const char *path);
    void *context; /* never looked at here */

    /* The client's: not to be touched. */
    struct xs_watch *next;
    uint32_t connection; /* in which the store has taken it; 0: not yet */
    char token[12];      /* "w" and a number, never used twice */
};

#define XS_WATCH_PATH_MAX 127u

/** Set a watch. -EBUSY also if it is set already. If the request fails, the watch is not set. */
int xs_watch(struct xs_request *req, struct xs_watch *watch, xs_done *done);

/** Take a watch away. `fired` is not called from this call on. -ENOENT if it is not set. */
int xs_unwatch(struct xs_request *req, struct xs_watch *watch, xs_done *done);

/** Whether the request is under way. */
bool xs_is_busy(const struct xs_request *req);

/**
 * Before StartOS only, interrupts masked: run the store's work until the request has ended or
 * `timeout_ms` is over (then it ends with -ETIMEDOUT); the CPU sleeps meanwhile. Completion
 * functions are called from here.
 * @return the request's status
 */
int xs_wait(struct xs_request *req, uint32_t timeout_ms);

/**
 * A store may come late: beside a dom0, a domain that Xen has started itself (dom0less) runs long
 * before dom0 makes its store. It may also be lost and come back empty, if its daemon is started
 * anew (fact X4). What should stand in it is therefore written by `connected`, which is called each
 * time that the store has come; watches are set again without it. A request that is made while the
 * store is away waits, until its time-out.
 */
struct xs_listener {
    void (*connected)(void); /* context: the store's ISR2 (before StartOS: inside xs_wait()) */

    /* The client's: not to be touched. */
    struct xs_listener *next;
    uint32_t told; /* of which connection */
};

/**
 * Have `connected` called when the store has come: soon, if it is there. The struct is the client's
 * for ever, and may be given once.
 * @return 0; -ENODEV: there is no store and there will be none
 * Context: task, ISR2, before StartOS.
 */
int xs_on_connect(struct xs_listener *listener);

/** Whether the store is there now. Context: any, after xs_init(). */
bool xs_is_connected(void);

/**
 * Find the store's event channel from Xen (HVM_PARAM_STORE_EVTCHN), bind it to EVTCHN_XENSTORE, and
 * look for the store's page (HVM_PARAM_STORE_PFN); if there is none yet, the store's events will
 * make us look again.
 * @return 0; -ENODEV: no store; any error of evtchn_bind()
 * Context: before StartOS, after evtchn_init().
 */
int xs_init(void);

/**
 * The store's work: take replies and watch events from the ring, end what is late, send what waits.
 * Bounded by the size of the rings and the number of requests. The handler of EVTCHN_XENSTORE in
 * cfg_evtchn[]. Context: ISR2 (event channels), never nested.
 */
void xs_pump(void);

/**
 * The callback of the alarm CFG_XS_ALARM, which xenstore.c sets for itself while requests are under
 * way, and for nothing else: an idle guest has no time-out to watch. Context: alarm callback.
 */
void xs_tick(void);

/** What the client met; all counts wrap. Read at any time. */
struct xs_stats {
    uint32_t sent;      /* messages sent completely */
    uint32_t answered;  /* replies that reached their request */
    uint32_t timed_out; /* requests that ended with -ETIMEDOUT */
    uint32_t strays; /* replies to nobody: late, twice, or of the wrong type. Dropped (fact X2) */
    uint32_t fired;  /* watch events that reached their watch */
    uint32_t unwatched; /* watch events of no known watch. Dropped */
};

const struct xs_stats *xs_stats(void);

#endif
