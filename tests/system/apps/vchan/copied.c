/* SPDX-License-Identifier: Apache-2.0
 *
 * A message by grant copies: see copied.h.
 */
#include "tests/system/apps/vchan/copied.h"

#include <stddef.h>
#include <string.h>

#include "decimal.h"
#include "drivers/console/console.h"
#include "drivers/xen/abi.h"
#include "drivers/xen/evtchn.h"
#include "drivers/xen/gntmap.h"
#include "drivers/xen/xenstore.h"
#include "kernel/os.h"

#define TEXT       "by grant copy\n"
#define NO_REF     999999u
#define SMALL_RING 1024u /* where the stock server's left ring lies */

static struct xs_request req;
static char value[DECIMAL_BYTES];
static uint32_t ref;

static bool is_number(uint32_t *number)
{
    uint64_t parsed;

    if (req.status != 0 || !decimal_parse(value, UINT32_MAX, &parsed))
        return false;
    *number = (uint32_t)parsed;
    return true;
}

/* The ring is new: the bytes begin at its beginning. */
static int write_text(void)
{
    static const uint32_t prod = sizeof(TEXT) - 1;
    static const uint8_t live = 1;
    static const uint8_t notify = VCHAN_NOTIFY_WRITE;
    int rc = gntmap_copy_to(0, ref, SMALL_RING, TEXT, prod);

    rc |= gntmap_copy_to(0, ref, offsetof(struct vchan_interface, left.prod), &prod, sizeof(prod));
    rc |= gntmap_copy_to(0, ref, offsetof(struct vchan_interface, srv_notify), &notify, 1);
    return rc | gntmap_copy_to(0, ref, offsetof(struct vchan_interface, cli_live), &live, 1);
}

static void got_port(struct xs_request *request)
{
    static struct vchan_interface page;
    uint32_t remote = 0;
    int port;
    int rc;

    (void)request;
    if (!is_number(&remote))
        return;
    rc = gntmap_copy_from(0, ref, 0, &page, sizeof(page));
    printk("copied: read, status %d: orders %u and %u, clients %u\n", rc, page.left_order,
           page.right_order, page.cli_live);
    printk("copied: a page that nobody lends, status %d\n",
           gntmap_copy_from(0, NO_REF, 0, &page, sizeof(page)));
    port = evtchn_bind_interdomain(0, remote);
    printk("copied: write, status %d\n", write_text());
    rc = port < 0 ? port : evtchn_bind(EVTCHN_COPIED, (uint32_t)port);
    printk("copied: event, status %d\n", rc != 0 ? rc : evtchn_send(EVTCHN_COPIED));
}

static void got_ref(struct xs_request *request)
{
    if (is_number(&ref))
        (void)xs_read(request, "data/copied/event-channel", value, sizeof(value), got_port);
}

static void keys_changed(struct xs_watch *watch, const char *path)
{
    (void)watch;
    (void)path;
    (void)xs_read(&req, "data/copied/ring-ref", value, sizeof(value), got_ref);
}

/* dom0's answer is not read. */
ISR(Copied)
{
}

void copied_start(void)
{
    static struct xs_request watch_req;
    static struct xs_watch watch = {.path = "data/copied", .fired = keys_changed};

    (void)xs_watch(&watch_req, &watch, NULL);
}
