/* SPDX-License-Identifier: Apache-2.0
 *
 * Another guest: see neighbour.h.
 */
#include "tests/system/apps/vchan/neighbour.h"

#include "decimal.h"
#include "drivers/console/console.h"
#include "drivers/xen/evtchn.h"
#include "drivers/xen/gntmap.h"
#include "drivers/xen/xenstore.h"

#define PATH "data/neighbour"

static struct xs_request req;
static char value[DECIMAL_BYTES];

static void got_domid(struct xs_request *request)
{
    static const uint32_t ref = 8; /* the first that a guest gives */
    static char word[8];
    uint64_t domid;
    void *page;

    if (request->status != 0 || !decimal_parse(value, UINT16_MAX, &domid))
        return;
    printk("neighbour: port %d, ", evtchn_alloc_unbound((uint16_t)domid));
    printk("connection %d, ", evtchn_bind_interdomain((uint16_t)domid, 3));
    printk("map %d, ", gntmap_map((uint16_t)domid, &ref, 1, true, &page));
    printk("copy %d\n", gntmap_copy_from((uint16_t)domid, ref, 0, word, sizeof(word)));
}

static void changed(struct xs_watch *watch, const char *path)
{
    (void)watch;
    (void)path;
    (void)xs_read(&req, PATH, value, sizeof(value), got_domid);
}

void neighbour_start(void)
{
    static struct xs_request watch_req;
    static struct xs_watch watch = {.path = PATH, .fired = changed};

    (void)xs_watch(&watch_req, &watch, NULL);
}
