/* SPDX-License-Identifier: Apache-2.0
 *
 * A guest that uses its disk as dom0 tells it to, by words in data/poke: it copies the first half of
 * the disk to the second, closes it, opens it. What really is on the disk, dom0 knows
 * (tests/system/test_disk.py).
 */
#include <string.h>

#include "drivers/console/console.h"
#include "drivers/xen/blkfront.h"
#include "drivers/xen/evtchn.h"
#include "drivers/xen/gnttab.h"
#include "drivers/xen/xenstore.h"
#include "kernel/os.h"

#define PIECE (BLKFRONT_BYTES_MAX / BLKFRONT_SECTOR) /* sectors */

static void changed(struct blkfront *which, int status);

static struct blkfront_pages pages;
static struct blkfront disk = {
    .path = BLKFRONT_XVDA, .event = EVTCHN_DISK, .pages = &pages, .changed = changed};

/* ---- copying: so many requests at once as the disk takes ---- */

static struct lane {
    struct blkfront_request req;
    uint64_t at;
    bool running;
    uint8_t bytes[BLKFRONT_BYTES_MAX];
} lanes[BLKFRONT_SLOTS];

static struct {
    uint64_t next; /* sector */
    bool endless;
    int status; /* the first error */
} copy;

static void read_piece(struct lane *lane);

static void flushed(struct blkfront_request *req)
{
    printk("copy: ended with %d\n", req->status);
}

static bool is_copying(void)
{
    for (unsigned int i = 0; i < BLKFRONT_SLOTS; i++) {
        if (lanes[i].running)
            return true;
    }
    return false;
}

/* The last lane that ends flushes. */
static void end(struct lane *lane, int status)
{
    lane->running = false;
    if (copy.status == 0)
        copy.status = status;
    if (is_copying())
        return;
    if (copy.status != 0 || blkfront_flush(&disk, &lane->req, flushed) != 0)
        printk("copy: ended with %d\n", copy.status);
}

static void written(struct blkfront_request *req)
{
    struct lane *lane = req->context;

    if (req->status != 0)
        end(lane, req->status);
    else
        read_piece(lane);
}

static void have_read(struct blkfront_request *req)
{
    struct lane *lane = req->context;
    int status = req->status;

    if (status == 0)
        status = blkfront_write(&disk, req, disk.sectors / 2 + lane->at, lane->bytes,
                                sizeof(lane->bytes), written);
    if (status != 0)
        end(lane, status);
}

static void read_piece(struct lane *lane)
{
    int status = 0;

    if (copy.next >= disk.sectors / 2 && copy.endless)
        copy.next = 0;
    lane->at = copy.next;
    lane->running = lane->at < disk.sectors / 2 && copy.status == 0;
    copy.next += PIECE;
    if (lane->running)
        status =
            blkfront_read(&disk, &lane->req, lane->at, lane->bytes, sizeof(lane->bytes), have_read);
    if (!lane->running || status != 0)
        end(lane, status);
}

static void start_copy(bool endless)
{
    if (is_copying())
        return;
    copy.next = 0;
    copy.endless = endless;
    copy.status = 0;
    for (unsigned int i = 0; i < BLKFRONT_SLOTS; i++)
        lanes[i].running = true;
    for (unsigned int i = 0; i < BLKFRONT_SLOTS; i++) {
        lanes[i].req.context = &lanes[i];
        read_piece(&lanes[i]);
    }
}

/* ---- what dom0 says ---- */

static void poked(struct xs_watch *watch, const char *path);

static struct xs_watch watch = {.path = "data/poke", .fired = poked};
static struct xs_request watch_req;
static struct xs_request read_req;
static char word[16];

static bool is_word(const char *text)
{
    return strcmp(word, text) == 0;
}

static void obey(void)
{
    static uint8_t bytes[BLKFRONT_SECTOR];
    static struct blkfront_request req;

    if (is_word("copy") || is_word("hammer"))
        start_copy(is_word("hammer"));
    else if (is_word("open"))
        (void)blkfront_open(&disk);
    else if (is_word("close"))
        blkfront_close(&disk);
    else if (is_word("write"))
        printk("write: %d\n", blkfront_write(&disk, &req, 0, bytes, sizeof(bytes), NULL));
    else if (is_word("count"))
        printk("count: %u grants free, %u answers, %u errors, status %d\n", gnttab_free_count(),
               disk.stats.done, disk.stats.failed, blkfront_status(&disk));
}

static void have_word(struct xs_request *req)
{
    if (req->status == 0)
        obey();
}

static void poked(struct xs_watch *which, const char *path)
{
    (void)which;
    (void)path;
    (void)xs_read(&read_req, "data/poke", word, sizeof(word), have_word);
}

static void changed(struct blkfront *which, int status)
{
    printk("disk: status %d, %llu sectors%s\n", status, which->sectors,
           which->readonly ? ", read-only" : "");
}

TASK(StormTask)
{
    evtchn_pass();
    TerminateTask();
}

ISR(Disk)
{
    blkfront_serve(&disk);
}

int main(void);
int main(void)
{
    (void)blkfront_open(&disk);
    (void)xs_watch(&watch_req, &watch, NULL);
    StartOS(OSDEFAULTAPPMODE);
}
