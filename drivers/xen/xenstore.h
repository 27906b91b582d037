/* SPDX-License-Identifier: Apache-2.0
 *
 * Client of xenstore, the small tree of text values by which Xen's toolstack, dom0 and guests find
 * each other. A guest talks to the store's daemon through one page with two rings of 1024 bytes and
 * one event channel.
 *
 * Source: xen/io/xs_wire.h and Xen's docs/misc/xenstore.txt, xenstore-ring.txt. Facts X1-X4.
 *
 * A call starts a request and returns at once; a completion function ends it. That is all there is;
 * what an application wants to happen at the end decides how it is used:
 *
 *     From anywhere, the completion being a function of one's own:
 *         static struct xs_request req;
 *         xs_read(&req, "name", buf, sizeof(buf), got_name);
 *
 *     From anywhere, the completion activating a task, or setting an event for one:
 *         static struct xs_request req = {.task = Worker, .event = StoreEvent};
 *         xs_read(&req, "name", buf, sizeof(buf), xs_activate_task);     or xs_set_event
 *
 *     In an extended task that wants to go on when the answer is there:
 *         (void)xs_read(&req, "name", buf, sizeof(buf), xs_set_event);
 *         if (xs_wait_event(&req) == 0) ...
 *
 *     Before StartOS:
 *         (void)xs_read(&req, "name", buf, sizeof(buf), NULL);
 *         if (xs_wait(&req, 1000) == 0) ...
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

#define XS_PAYLOAD_MAX 4096u /* bytes behind a message's header: XENSTORE_PAYLOAD_MAX */
#define XS_PATH_MAX                                                                                \
    1000u /* bytes without the NUL; shorter than the ring, so that a path never goes in pieces */
#define XS_WATCH_PATH_MAX 127u /* bytes of a fired watch's path */
#define XS_PERMS_MAX      5u   /* entries that xs_set_perms() sends: xenstored's own limit */

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
    uint32_t tx;         /* the transaction that it belongs to; 0: none */
    unsigned int task;   /* a TaskType: whom xs_set_event() and xs_activate_task() tell */
    uint32_t event;      /* an EventMaskType: what the one sets, and xs_wait_event() waits for */
    void *context;       /* never looked at here */
    /* From the completion on: */
    int status; /* 0, or why not (below); meanwhile -EAGAIN */
    size_t len; /* of what was asked for, also of what did not fit; of a change, or failed, 0 */

    /* The client's: not to be touched. */
    struct xs_request *next;
    xs_done *done;
    const struct xs_kind *kind; /* what becomes of the answer */
    uint64_t deadline;          /* in counts of arch_timer_count() */
    const void *part[2];        /* behind the message's header: path and NUL, then the rest */
    uint32_t part_len[2];
    void *reply; /* of reply_size bytes; of xs_get_perms(), entries */
    size_t reply_size;
    struct xs_watch *watch;
    uint64_t number; /* that is being read in the answer */
    uint64_t generation;
    uint32_t offset; /* of the part of a long list that was asked for */
    uint32_t id;
    uint32_t type; /* XS_READ ... */
    uint8_t state;
    bool is_urgent;                  /* goes before all others */
    uint8_t place;                   /* within the answer */
    char text[XS_PERMS_MAX * 7 + 1]; /* numbers in the message; "w65535" and NUL for each entry */
};

/*
 * What a request can end with, in `status`:
 *   0            done
 *   -EOVERFLOW   done, but the answer is longer than the buffer: that holds the beginning, and
 *                `len` is the length of all
 *   -ENOENT      no such node; or no such transaction any more: the store was restarted
 *   -EACCES      not the guest's to read or write
 *   -EPERM       not the guest's to give away (xs_set_perms)
 *   -EINVAL      the store does not accept this path
 *   -ENOSPC      the guest's quota in the store is used up
 *   -EAGAIN      of xs_transaction_end() alone: conflict, nothing was changed, try all of it again
 *   -ETIMEDOUT   no answer in time. If it was a change, it may have been made, or be made later; of
 *                a value above 1000 bytes the end may then read as NUL bytes
 *   -EIO         the store broke the rules, was restarted before it answered, or sent an error that
 *                nobody knows. If it was a change, it may have been made
 * and any other error that the store may send: xsd_errors in xen/io/xs_wire.h.
 *
 * What each call below returns:
 *   0         the request is under way: `done` will be called
 *   -ENODEV   there is no xenstore (fact X4): dom0less without a dom0, or a bare machine
 *   -EBUSY    this struct is still under way
 *   -EINVAL   empty path, or a path above XS_PATH_MAX
 *   -E2BIG    path and value together above XS_PAYLOAD_MAX
 *   -EIO      the store broke the rules of the rings, and cannot be connected anew (xs_init())
 * With an error `done` is not called, and (but for -EBUSY) it is in `status` too. `done` may be
 * NULL: look at xs_is_busy(), or do not care. Context of all calls: task, ISR2, alarm callback,
 * before StartOS.
 */

/* ---- nodes ---- */

/**
 * Read a node's value. XS_READ.
 * @param buf   receives at most size - 1 bytes and always a NUL behind them (the store's values
 *              have none); a value may hold NUL bytes of its own
 * @param size  at least 1
 */
int xs_read(struct xs_request *req, const char *path, char *buf, size_t size, xs_done *done);

/**
 * List a node's children: their names one behind another, each ended by NUL. Else as xs_read().
 * A list that is too long for one message (4096 bytes) comes in parts, from the beginning again if
 * a child is made or removed meanwhile; what the buffer holds at the end is one moment's list.
 * XS_DIRECTORY, then XS_DIRECTORY_PART, which xenstored has and oxenstored does not: -ENOSYS.
 */
int xs_ls(struct xs_request *req, const char *path, char *buf, size_t size, xs_done *done);

/** Write a node's value, `len` bytes of any kind, 0 .. ; makes the node and its parents.
 *  XS_WRITE. */
int xs_write(struct xs_request *req, const char *path, const void *value, size_t len,
             xs_done *done);

/** Make a node with an empty value, and its parents; no error if it is there. XS_MKDIR. */
int xs_mkdir(struct xs_request *req, const char *path, xs_done *done);

/** Remove a node and all below it. -ENOENT only if its parent is not there either. XS_RM. */
int xs_rm(struct xs_request *req, const char *path, xs_done *done);

/* ---- who may use a node ---- */

/* What one domain may do with a node. A node has a list of these: the first one names its owner,
 * who may do everything, and what all domains that the list does not name may do. */
struct xs_perm {
    char mode;      /* XS_PERM_... */
    uint16_t domid; /* 0: dom0, who may do everything anyway */
};

#define XS_PERM_NONE  'n'
#define XS_PERM_READ  'r'
#define XS_PERM_WRITE 'w'
#define XS_PERM_BOTH  'b'

/** Get a node's list. `len` is its number of entries, of which `perms` gets at most `count`, 1 .. .
 *  XS_GET_PERMS. */
int xs_get_perms(struct xs_request *req, const char *path, struct xs_perm *perms, size_t count,
                 xs_done *done);

/**
 * Set a node's list. The guest must be the node's owner (it owns what it makes) and must stay it:
 * -EACCES, -EPERM. The list is copied.
 * @param count  1 .. XS_PERMS_MAX, else -EINVAL; -EINVAL also for an unknown mode
 * XS_SET_PERMS.
 */
int xs_set_perms(struct xs_request *req, const char *path, const struct xs_perm *perms,
                 size_t count, xs_done *done);

/* ---- transactions: changes that others see all at once, or never ---- */

/**
 * Begin a transaction. When it has ended with 0, req->tx is the transaction's number, 1 ..; from
 * then on every call with this struct, and with others into which the number is put, belongs to it:
 * it sees the store as it was at the beginning, with the transaction's own changes, which nobody
 * else sees. xenstored lets a guest have 10 open at a time (-ENOSPC); one whose start has timed out
 * may be among them. XS_TRANSACTION_START.
 */
int xs_transaction_start(struct xs_request *req, xs_done *done);

/**
 * End the transaction req->tx: make its changes, or (`commit` false) forget them. When it has
 * ended, however, req->tx is 0. -EAGAIN: somebody else has meanwhile changed what the transaction
 * had read or changed; nothing was changed by it, and all of it may be tried again from
 * xs_transaction_start() on. XS_TRANSACTION_END.
 */
int xs_transaction_end(struct xs_request *req, bool commit, xs_done *done);

/**
 * All of that, for an extended task: begin a transaction, run `body`, end it, and wait each time;
 * on conflict all of it again.
 * @param attempts  how often at most, 1 ..
 * @param body      does its work with `req`, which belongs to the transaction, and with
 *                  req->context, waiting by xs_wait_event(); it may run `attempts` times, so it
 *                  must not add up anything outside the store. @return 0: commit; else the
 *                  transaction is aborted, and the value returned, but -EAGAIN tries again
 * @return 0: committed; -EAGAIN: each attempt met a conflict; what `body` returned; or the error of
 *         the start or the end. After -ETIMEDOUT of an end nobody knows
 * Context: extended task, with req->task and req->event as for xs_wait_event().
 */
int xs_transaction(struct xs_request *req, unsigned int attempts,
                   int (*body)(struct xs_request *req));

/* ---- watches ---- */

/**
 * A watch: `fired` is called when the node `path`, or one below it, was written, made or removed,
 * and once as soon as the watch is set. Events are not counted: several changes may be one call, so
 * read what you need then. The struct and the path must stay as they are until xs_unwatch() has
 * ended with 0. `fired` runs like a completion function. Its `path` is the changed node's as the
 * store sends it, in the form (relative or absolute) of the watch, cut after XS_WATCH_PATH_MAX
 * bytes, and valid during the call only.
 *
 * When the store was restarted, all watches are set again, and so each fires once.
 */
struct xs_watch {
    const char *path;
    void (*fired)(struct xs_watch *watch, const char *path);
    void *context; /* never looked at here */

    /* The client's: not to be touched. */
    struct xs_watch *next;
    uint8_t state;
    char token[12]; /* "w" and a number, never used twice */
};

/** Set a watch. -EBUSY also if it is set already. If the request fails, the watch is not set.
 *  XS_WATCH. */
int xs_watch(struct xs_request *req, struct xs_watch *watch, xs_done *done);

/** Take a watch away. `fired` is not called from this call on. -ENOENT if it is not set.
 *  XS_UNWATCH. */
int xs_unwatch(struct xs_request *req, struct xs_watch *watch, xs_done *done);

/* ---- domains ---- */

/** The home of a domain, "/local/domain/<domid>", whether or not there is one. As xs_read().
 *  XS_GET_DOMAIN_PATH. */
int xs_domain_path(struct xs_request *req, uint16_t domid, char *buf, size_t size, xs_done *done);

/* ---- nobody ---- */

/**
 * Ask nobody: `done` runs with status 0 when `ms` are over, in the store's ISR2 like every
 * completion. For the time-outs of whoever works with the store. 0: as soon as that ISR2 can run,
 * the way from a task or another ISR2 into the context that completions have. `timeout_ms` has no
 * meaning here. -EIO: the rings have died meanwhile.
 */
int xs_sleep(struct xs_request *req, uint32_t ms, xs_done *done);

/* ---- the end of a request ---- */

/** Whether the request is under way. */
bool xs_is_busy(const struct xs_request *req);

/** Completion: SetEvent(req->task, req->event). */
xs_done xs_set_event;

/** Completion: ActivateTask(req->task). If that task cannot be activated once more (E_OS_LIMIT), it
 *  is active, and looks at its requests when it runs: none is lost. */
xs_done xs_activate_task;

/**
 * Wait for the end of a request that was started with xs_set_event(). req->event is cleared. It may
 * be shared by all requests for which this task waits: waiting for one does not miss another's end.
 * A request that could not be started ends the wait at once, so its call's result need not be
 * looked at.
 * @return the request's status; -EAGAIN: this task cannot wait (E_OS_..., extended status), and the
 *         request is still under way
 * Context: extended task, req->task, holding no resource. Bounded by the request's time-out if the
 * OS object has a XENSTOREALARM.
 */
int xs_wait_event(struct xs_request *req);

/**
 * Before StartOS only, interrupts masked: run the store's work until the request has ended or
 * `timeout_ms` is over (then it ends with -ETIMEDOUT); the CPU sleeps meanwhile. Completion
 * functions are called from here.
 * @return the request's status
 */
int xs_wait(struct xs_request *req, uint32_t timeout_ms);

/* ---- the client ---- */

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
 *
 * Each time that the store has come, all watches are forgotten there (XS_RESET_WATCHES: whoever
 * used the rings before, a boot loader for example, may have left some) and those that are set here
 * are set again. A store that breaks the rules of the rings is asked to connect anew, if it says
 * that it can (XENSTORE_SERVER_FEATURE_RECONNECTION: oxenstored does, xenstored does not), at most
 * XS_CONNECTIONS_MAX times: requests that had been sent end with -EIO, the others go on. If it
 * cannot, all end with -EIO, and so does every call from then on.
 *
 * @return 0; -ENODEV: no store; any error of evtchn_bind()
 * Context: before StartOS, after evtchn_init().
 */
int xs_init(void);

#define XS_CONNECTIONS_MAX 16u

/**
 * The store's work: take replies and watch events from the ring, end what is late, send what waits.
 * Bounded by the size of the rings and the number of requests. The handler of EVTCHN_XENSTORE in
 * cfg_evtchn[]. Context: ISR2 (event channels), never nested.
 */
void xs_pump(void);

/**
 * The callback of the alarm CFG_XS_ALARM, which the client sets for itself while requests are under
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
    uint32_t unwatched;   /* watch events of no known watch. Dropped */
    uint32_t connections; /* times that the rings came up; 1: never again */
};

const struct xs_stats *xs_stats(void);

#endif
