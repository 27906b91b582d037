/* SPDX-License-Identifier: Apache-2.0
 *
 * A guest that remembers: sector 0 of its disk holds how often it has booted.
 */
#include <string.h>

#include "decimal.h"
#include "drivers/console/console.h"
#include "drivers/xen/blkfront.h"
#include "drivers/xen/evtchn.h"
#include "kernel/os.h"

#define TITLE "boots of this guest: "

static void changed(struct blkfront *disk, int status);

static struct blkfront_pages pages;
static struct blkfront disk = {
    .path = BLKFRONT_XVDA, .event = EVTCHN_DISK, .pages = &pages, .changed = changed};

static struct blkfront_request req;
static char sector[BLKFRONT_SECTOR];
static uint64_t boots;

/* What has just ended. CountTask goes on from there. */
static enum { NOTHING, CONNECTED, READ, WRITTEN, FLUSHED } ended;

static void next(int status)
{
    if (status == 0) {
        ended++;
        (void)ActivateTask(CountTask);
    } else {
        printk("disk: error %d\n", status);
        ShutdownOS(1);
    }
}

static void done(struct blkfront_request *request)
{
    next(request->status);
}

static void changed(struct blkfront *which, int status)
{
    (void)which;
    next(status);
}

/* "boots of this guest: 12" and a line feed, the rest zeros: `head -1 disk.img` shows it. */
static uint64_t count_in_sector(void)
{
    const size_t len = strlen(TITLE);
    uint64_t count = 0;
    char *end;

    sector[sizeof(sector) - 1] = '\0';
    end = strchr(sector, '\n');
    if (memcmp(sector, TITLE, len) != 0 || end == NULL) {
        return 0; /* another disk, or an empty one */
    }
    *end = '\0';
    (void)decimal_parse(sector + len, UINT32_MAX, &count);
    return count;
}

static void put_count_in_sector(uint64_t count)
{
    char text[DECIMAL_BYTES];
    const unsigned int digits = decimal_print(text, count);

    memset(sector, 0, sizeof(sector));
    memcpy(sector, TITLE, sizeof(TITLE));
    memcpy(sector + strlen(TITLE), text, digits);
    sector[strlen(TITLE) + digits] = '\n';
}

static int go_on(void)
{
    switch (ended) {
    case CONNECTED:
        (void)CancelAlarm(NoDiskAlarm);
        printk("disk: %llu sectors of %u bytes%s\n", disk.sectors, BLKFRONT_SECTOR,
               disk.readonly ? ", read-only" : "");
        return blkfront_read(&disk, &req, 0, sector, sizeof(sector), done);
    case READ:
        boots = count_in_sector() + 1;
        put_count_in_sector(boots);
        return blkfront_write(&disk, &req, 0, sector, sizeof(sector), done);
    case WRITTEN:
        return blkfront_flush(&disk, &req, done);
    default:
        printk("disk: boot number %llu of this guest\n", boots);
        ShutdownOS(E_OK);
    }
}

TASK(CountTask)
{
    const int error = go_on();

    if (error != 0) {
        next(error);
    }
    TerminateTask();
}

TASK(NoDiskTask)
{
    printk("disk: there is none (error %d); xl.cfg: disk = [\"phy:/dev/loop0,xvda,w\"]\n",
           blkfront_status(&disk));
    ShutdownOS(1);
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

int main(void)
{
    (void)blkfront_open(&disk); /* if it fails, NoDiskTask says why */
    StartOS(OSDEFAULTAPPMODE);
}
