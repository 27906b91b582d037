/* SPDX-License-Identifier: Apache-2.0
 *
 * A guest that answers dom0 by every driver: a line typed at a console by a line with its name, a
 * word in data/question by the same word in data/answer, an event by a number in a shared page, and
 * pin commands by the pin. data/page says where that page is: "GRANT PORT".
 */
#include <string.h>

#include <arch/mem.h>

#include "decimal.h"
#include "drivers/console/console.h"
#include "drivers/gpio/gpio.h"
#include "drivers/pins/pins.h"
#include "drivers/xen/evtchn.h"
#include "drivers/xen/gnttab.h"
#include "drivers/xen/xenstore.h"
#include "kernel/os.h"

#define WAIT_MS    5000u
#define WORD_BYTES 64u

static char name[WORD_BYTES];

/* ---- the console ---- */

static void typed(const char *text, size_t len)
{
    static char line[WORD_BYTES];
    static size_t line_len;

    for (size_t i = 0; i < len; i++) {
        if (text[i] != '\r' && text[i] != '\n') {
            line[line_len] = text[i];
            line_len += line_len < WORD_BYTES - 1;
            continue;
        }
        line[line_len] = 0;
        line_len = 0;
        printk("%s heard %s\n", name, line);
    }
}

TASK(ConsoleTask)
{
    console_serve_input();
    TerminateTask();
}

/* ---- the store ---- */

static void asked(struct xs_watch *watch, const char *path);

static struct {
    struct xs_watch watch;
    struct xs_request watch_req;
    struct xs_request req;
    char word[WORD_BYTES];
    bool again; /* the node has changed meanwhile */
} store = {.watch = {.path = "data/question", .fired = asked}};

static void answered(struct xs_request *req)
{
    (void)req;
    if (store.again)
        asked(&store.watch, store.watch.path);
}

static void read_done(struct xs_request *req)
{
    if (req->status == 0)
        (void)xs_write(req, "data/answer", store.word, req->len, answered);
}

static void asked(struct xs_watch *watch, const char *path)
{
    (void)path;
    store.again = xs_is_busy(&store.req);
    if (!store.again)
        (void)xs_read(&store.req, watch->path, store.word, sizeof(store.word), read_done);
}

/* ---- a page of its own ---- */

/* dom0 writes the first word and sends an event; the guest makes the second word of it. */
static uint32_t page[PAGE_SIZE / sizeof(uint32_t)] __attribute__((aligned(PAGE_SIZE)));

ISR(Page)
{
    const uint32_t question = __atomic_load_n(&page[0], __ATOMIC_ACQUIRE);

    __atomic_store_n(&page[1], question + 1, __ATOMIC_RELEASE);
    (void)evtchn_send(EVTCHN_PAGE);
}

static void lend_page(void)
{
    static struct xs_request req;
    static char text[2 * DECIMAL_BYTES];
    const int ref = gnttab_grant(0, page, false);
    const int port = evtchn_alloc_unbound(0);
    unsigned int len;

    if (ref < 0 || port < 0 || evtchn_bind(EVTCHN_PAGE, (uint32_t)port) != 0) {
        printk("tenant: no grant (%d) or port (%d)\n", ref, port);
        return;
    }
    len = decimal_print(text, (uint32_t)ref);
    text[len++] = ' ';
    len += decimal_print(text + len, (uint32_t)port);
    (void)xs_write(&req, "data/page", text, len, NULL);
}

/* ---- the start ---- */

TASK(PinTask)
{
    pins_serve();
    TerminateTask();
}

TASK(StormTask)
{
    evtchn_pass();
    TerminateTask();
}

int main(void);
int main(void)
{
    static struct xs_request req;

    if (xs_read(&req, "name", name, sizeof(name), NULL) == 0)
        (void)xs_wait(&req, WAIT_MS);
    console_on_input(typed);
    (void)gpio_init();
    (void)pins_init();
    lend_page();
    (void)xs_watch(&store.watch_req, &store.watch, NULL);
    printk("%s is there\n", name);
    StartOS(OSDEFAULTAPPMODE);
}
