/* SPDX-License-Identifier: Apache-2.0
 *
 * A disk: the frontend of Xen's paravirtual block device. What xl.cfg calls
 *
 *     disk = ["phy:/dev/loop0,xvda,w"]
 *
 * dom0's kernel (xen-blkback) reads and writes for the guest. Requests and answers go through a ring
 * in one granted page, data through granted pages of the driver: an application's buffers need no
 * alignment, and are never seen by the other domain. Nothing here blocks.
 *
 * In OIL, an event channel of any name, with a handler:
 *     ISR Disk { CATEGORY = 2; PRIORITY = 1; SOURCE = EVENTCHANNEL { NAME = "disk"; }; };
 * In the application:
 *     static struct blkfront_pages pages;
 *     static struct blkfront disk = {
 *         .path = BLKFRONT_XVDA, .event = EVTCHN_DISK, .pages = &pages, .changed = changed};
 *     ISR(Disk) { blkfront_serve(&disk); }
 * and blkfront_open(&disk) before StartOS() or later. XENSTOREALARM must be there: it is what looks
 * for requests that are late.
 *
 * A disk may come and go at any time (`xl block-attach`, `xl block-detach`), and dom0 may stop:
 * every request ends, if not by its answer then with an error.
 *
 * Source: xen/io/blkif.h, xen/io/ring.h. How both ends find each other: xenbus.h.
 */
#ifndef XEN_BLKFRONT_H
#define XEN_BLKFRONT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drivers/xen/xenbus.h"

#define BLKFRONT_SECTOR     512u  /* bytes; a disk with other sectors is refused */
#define BLKFRONT_BYTES_MAX  4096u /* of one request */
#define BLKFRONT_SLOTS      4u    /* requests under way at once */
#define BLKFRONT_TIMEOUT_MS 10000u

/* The nodes of the first disks; xl's names, Xen's docs/misc/vbd-interface.txt has all numbers. */
#define BLKFRONT_XVDA "device/vbd/51712"
#define BLKFRONT_XVDB "device/vbd/51728"

struct blkfront;
struct blkfront_request;

/** The end of a request. It runs once for each call that returned 0, in the ISR2 of the disk's event
 *  or in xenstore's, which do not interrupt each other, and may start other requests. */
typedef void blkfront_done(struct blkfront_request *req);

/** One request at a time; zeroed it is ready for use. It stays as it is until its completion. */
struct blkfront_request {
    /* The caller's. Before the call: */
    uint32_t timeout_ms; /* from the call to the completion; 0: BLKFRONT_TIMEOUT_MS */
    void *context;       /* never looked at here */
    /* From the completion on: 0, or why not (below); meanwhile -EAGAIN */
    int status;

    /* The driver's: not to be touched. */
    blkfront_done *done;
    void *into; /* where the bytes go that are read */
};

/*
 * What a request can end with:
 *   0            done
 *   -EIO         the other end could not do it; or xenstore is dead, and with it the time-outs
 *   -EOPNOTSUPP  the other end does not do this after all
 *   -ETIMEDOUT   no answer in time. A write may have been done, or be done later
 *   other        the connection is over, for the reason in xenbus_device.error (-ECONNRESET ...). A
 *                write may have been done
 *
 * What each call below returns:
 *   0            it is under way: `done` will be called
 *   -EBUSY       this struct, or BLKFRONT_SLOTS others, are under way (or timed out, and dom0 may
 *                still write to their pages)
 *   -ENOTCONN    there is no disk now: blkfront_status() says why
 *   -EINVAL      no whole sectors, more than BLKFRONT_BYTES_MAX, or not all within the disk
 *   -EROFS       a write to a disk that is read-only
 *   -EOPNOTSUPP  a flush, and the other end does not offer it
 *   -EIO         xenstore is dead
 * With an error `done` is not called. `done` may be NULL. Context of all calls: task, ISR2 (level of
 * the event channels or below), before StartOS.
 */

/** Read `len` bytes from sector number `sector` on. `buf` is written to before the completion runs,
 *  and only if the status is 0. */
int blkfront_read(struct blkfront *disk, struct blkfront_request *req, uint64_t sector, void *buf,
                  size_t len, blkfront_done *done);

/** Write `len` bytes. `buf` is copied during the call. Two requests under way may be done in any
 *  order: await the end of the one that must be first. */
int blkfront_write(struct blkfront *disk, struct blkfront_request *req, uint64_t sector,
                   const void *buf, size_t len, blkfront_done *done);

/** Bring what has been written, and has ended, from dom0's caches to the medium. */
int blkfront_flush(struct blkfront *disk, struct blkfront_request *req, blkfront_done *done);

/** Memory that is lent to the other domain: not to be touched. Static, and zeroed. */
struct blkfront_pages {
    uint8_t page[1 + BLKFRONT_SLOTS][4096] __attribute__((aligned(4096)));
};

struct blkfront_slot {
    struct blkfront_request *req;
    uint64_t id; /* in the ring: never used twice in a connection */
    uint64_t deadline;
    uint32_t len; /* bytes */
    uint8_t state;
    uint8_t operation;
};

/** What has happened; counts wrap. */
struct blkfront_stats {
    uint32_t done;      /* answered: with success, */
    uint32_t failed;    /* or with an error */
    uint32_t timed_out; /* requests that ended with -ETIMEDOUT */
    uint32_t late;      /* answers to these, dropped */
};

struct blkfront {
    /* The application's, before blkfront_open(): */
    const char *path;   /* BLKFRONT_XVDA ... */
    unsigned int event; /* EVTCHN_DISK ... */
    struct blkfront_pages *pages;
    /* The disk is there (0), or not any more (-errno: xenbus_device.error). Runs in xenstore's ISR2.
     * NULL: nobody wants to know. */
    void (*changed)(struct blkfront *disk, int status);

    /* Read while it is there: */
    uint64_t sectors;
    bool readonly;
    bool can_flush;
    struct blkfront_stats stats; /* read at any time */

    /* The driver's: not to be touched. */
    bool online;
    bool told;                   /* `changed` has said that it is there */
    uint32_t req_prod, rsp_cons; /* ours in the ring */
    uint32_t connection;         /* how many there have been */
    uint32_t last_serial;
    uint32_t port; /* 0: none */
    int refs[1 + BLKFRONT_SLOTS];
    struct blkfront_slot slots[BLKFRONT_SLOTS];
    struct xenbus_key keys[3];
    struct xs_request timer;
    struct xenbus_device bus;
};

/** Look for the disk, now and whenever it comes. xenbus_open()'s errors. Context: as above. */
int blkfront_open(struct blkfront *disk);

/** Let go of it: requests under way end with -ESHUTDOWN, `changed` says so. Without effect on what is
 *  not there. Context: as above. */
void blkfront_close(struct blkfront *disk);

/** 0: the disk is there; else why not: xenbus_device.error. Context: any. */
int blkfront_status(const struct blkfront *disk);

/** Take the answers that have come, BLKFRONT_SLOTS at most. The body of the event's ISR. */
void blkfront_serve(struct blkfront *disk);

#endif
