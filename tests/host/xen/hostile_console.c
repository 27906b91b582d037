/* SPDX-License-Identifier: Apache-2.0
 *
 * The PV console against a reader that is slow, sends no events, or has garbage for indices.
 */
#include <string.h>

#include "drivers/console/console.h"
#include "drivers/xen/pvconsole.h"
#include "tests/host/xen/fake_os.h"
#include "tests/host/xen/fake_xen.h"
#include "tests/host/xen/hostile.h"

static struct console_sink *sink;

/* Text number n is `text_at(n)`; the sink has taken `given` of what was `printed`. */
static uint32_t printed;
static uint32_t given;
static uint32_t shown;     /* the reader has seen */
static bool after_return;  /* ... and then "\r" */
static bool is_in_order;   /* the reader can compare: its index was never wrong */
static uint32_t expected;  /* bytes of input to come */
static bool is_input_true; /* what comes is what was typed */
static uint32_t last_prod; /* the guest's indices, when all was checked */
static uint32_t last_cons;

static char text_at(uint32_t n)
{
    return n % 37 == 36 ? '\n' : (char)('0' + n % 37);
}

/* ---- drivers/console, as far as a sink sees it ---- */

void console_add(struct console_sink *added)
{
    sink = added;
}

static void offer(void)
{
    char piece[100];
    size_t taken = 1;

    while (sink != NULL && given != printed && taken > 0) {
        uint32_t len = printed - given < sizeof(piece) ? printed - given : sizeof(piece);

        for (uint32_t i = 0; i < len; i++)
            piece[i] = text_at(given + i);
        taken = sink->write(sink, piece, len);
        require(taken <= len);
        given += (uint32_t)taken;
    }
}

static void look_at_input(const char *text, size_t len)
{
    if (!is_input_true)
        return;
    for (size_t i = 0; i < len; i++)
        require(text[i] == 'i');
    require(len <= expected);
    expected -= (uint32_t)len;
}

void console_interrupt(struct console_sink *which)
{
    char text[64];
    size_t size;
    size_t len = 1;

    require(which == sink && fake_xen.in_irq);
    for (size_t left = 1024; len > 0 && left > 0; left -= len) {
        size = 1 + rnd(sizeof(text));
        size = size < left ? size : left;
        len = which->read(which, text, size);
        require(len <= size);
        look_at_input(text, len);
    }
    offer();
    which->notify(which);
}

/* ---- the application ---- */

static void use(void)
{
    printed += rnd(once_in(10) ? 3000 : 100);
    offer();
    sink->notify(sink);
}

/* ---- the reader ---- */

static void look_at(char c)
{
    char due = text_at(shown);

    if (!is_in_order)
        return;
    if (due == '\n' && !after_return) {
        require(c == '\r');
        after_return = true;
        return;
    }
    require(c == due);
    after_return = false;
    shown++;
}

static void read_some(uint32_t most)
{
    struct xencons_interface *page = fake_xen_console_page();

    for (; most > 0 && page->out_cons != page->out_prod; most--)
        look_at(page->out[MASK_XENCONS_IDX(page->out_cons++, page->out)]);
}

static void type_some(uint32_t most)
{
    struct xencons_interface *page = fake_xen_console_page();

    for (; most > 0 && page->in_prod - page->in_cons < sizeof(page->in); most--) {
        page->in[MASK_XENCONS_IDX(page->in_prod++, page->in)] = 'i';
        expected++;
    }
}

static void lose_an_index(void)
{
    struct xencons_interface *page = fake_xen_console_page();

    is_in_order = false;
    is_input_true = false;
    if (once_in(2))
        page->out_cons = garbage_index(page->out_prod);
    else
        page->in_prod = garbage_index(page->in_cons);
}

static void attack(void)
{
    switch (rnd(6)) {
    case 0:
        read_some(1 + rnd(3000));
        break;
    case 1:
        read_some(1 + rnd(30));
        break;
    case 2:
        type_some(1 + rnd(once_in(4) ? 2000 : 20));
        break;
    case 3:
        if (once_in(15))
            lose_an_index();
        break;
    default:
        fake_xen_event(FAKE_CONSOLE_PORT);
    }
}

/* ---- the life ---- */

static bool start(void)
{
    struct xencons_interface *page = fake_xen_console_page();

    page->out_cons = page->out_prod = garbage_index(0);
    page->in_cons = page->in_prod = garbage_index(0);
    is_in_order = is_input_true = true;
    printed = rnd(3000); /* early text */
    if (pvconsole_init() != 0)
        return false; /* no console, or no event: then nothing comes in */
    last_prod = page->out_prod;
    last_cons = page->in_cons;
    guard(page->in, sizeof(page->in));
    guard(&page->in_prod, sizeof(page->in_prod));
    guard(&page->out_cons, sizeof(page->out_cons));
    return true;
}

/* xenconsoled starts anew: it goes on where the rings stand. */
static void calm(void)
{
    struct xencons_interface *page = fake_xen_console_page();

    is_in_order = false;
    page->out_cons = page->out_prod;
    page->in_prod = page->in_cons;
    expected = 0;
    is_input_true = true;
    fake_xen_event(FAKE_CONSOLE_PORT);
}

/* All that waits is shown, then a line goes out and some input comes in. */
static bool works(void)
{
    struct xencons_interface *page = fake_xen_console_page();

    for (uint32_t i = 0; i < 100000 && given != printed; i++) {
        page->out_cons = page->out_prod;
        fake_xen_event(FAKE_CONSOLE_PORT);
    }
    page->out_cons = page->out_prod;
    require(given == printed);
    shown = printed;
    is_in_order = true;
    after_return = false;
    printed += 100;
    offer();
    read_some(1000);
    type_some(200);
    fake_xen_event(FAKE_CONSOLE_PORT);
    last_prod = page->out_prod;
    last_cons = page->in_cons;
    return shown == printed && expected == 0;
}

/* Nothing is written to, or taken from, a ring whose index is out of range. */
static void check_rings(void)
{
    const struct xencons_interface *page = fake_xen_console_page();

    if (last_prod - page->out_cons > sizeof(page->out))
        require(page->out_prod == last_prod);
    if (page->in_prod - last_cons > sizeof(page->in))
        require(page->in_cons == last_cons);
    last_prod = page->out_prod;
    last_cons = page->in_cons;
}

static void check(void)
{
    struct xencons_interface *page = fake_xen_console_page();

    check_rings();
    require(given <= printed);
    if (is_in_order)
        require(page->out_prod - page->out_cons <= sizeof(page->out));
}

const struct actor hostile_console = {.name = "console",
                                      .start = start,
                                      .use = use,
                                      .attack = attack,
                                      .calm = calm,
                                      .works = works,
                                      .gave_up = "pvconsole: the",
                                      .check = check};
