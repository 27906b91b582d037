/* SPDX-License-Identifier: Apache-2.0
 *
 * The PV console: see pvconsole.h. Two rings in one page, shared with xenconsoled in dom0.
 */
#include "drivers/xen/pvconsole.h"

#include <arch/barrier.h>
#include <arch/mem.h>

#include "drivers/console/console.h"
#include "drivers/xen/evtchn.h"
#include "drivers/xen/hypercall.h"
#include "ring.h"

static struct {
    struct xencons_interface *page; /* NULL: none, or given up */
    uint32_t out_prod;              /* ours; the page's is written only */
    uint32_t in_cons;               /* ours */
    const char *broken;             /* the ring that made us give up, until that is said */
} console;

#define OUT_SIZE ((uint32_t)sizeof(console.page->out))
#define IN_SIZE  ((uint32_t)sizeof(console.page->in))

/* Says nothing itself: printk would come back here. */
static void give_up(const char *which)
{
    console.page = NULL;
    console.broken = which;
}

static void say_if_broken(void)
{
    if (console.broken == NULL)
        return;
    printk("pvconsole: the %s ring's indices are out of range: the other side is broken; "
           "not used any more. Restart the domain\n",
           console.broken);
    console.broken = NULL;
}

static uint32_t room(void)
{
    uint32_t cons = __atomic_load_n(&console.page->out_cons, __ATOMIC_RELAXED);

    if (!ring_is_valid(console.out_prod, cons, OUT_SIZE)) {
        give_up("output");
        return 0;
    }
    smp_mb(); /* index before data; pairs with the reader's barrier before its out_cons */
    return ring_free(console.out_prod, cons, OUT_SIZE);
}

static void publish(uint32_t prod)
{
    if (prod == console.out_prod)
        return;
    smp_wmb(); /* data before index (fact X6); pairs with the reader's after it reads out_prod */
    console.out_prod = prod;
    __atomic_store_n(&console.page->out_prod, prod, __ATOMIC_RELAXED);
}

/* A terminal wants a carriage return before each line feed. @return text bytes taken */
static size_t write(struct console_sink *sink, const char *text, size_t len)
{
    uint32_t prod = console.out_prod;
    uint32_t left;
    size_t taken = 0;

    (void)sink;
    if (console.page == NULL)
        return len; /* given up: nobody should wait for us */
    left = room();
    if (console.page == NULL)
        return len;
    while (taken < len && left >= (text[taken] == '\n' ? 2u : 1u)) {
        if (text[taken] == '\n') {
            console.page->out[ring_offset(prod++, OUT_SIZE)] = '\r';
            left--;
        }
        console.page->out[ring_offset(prod++, OUT_SIZE)] = text[taken++];
        left--;
    }
    publish(prod);
    return taken;
}

/* A higher interrupt that prints may give the console up meanwhile; its page stays mapped.
 * @return bytes taken */
static uint32_t take_input(struct xencons_interface *page, char *text, uint32_t size)
{
    uint32_t prod = __atomic_load_n(&page->in_prod, __ATOMIC_RELAXED);
    uint32_t len;

    if (!ring_is_valid(prod, console.in_cons, IN_SIZE)) {
        give_up("input");
        return 0;
    }
    len = ring_used(prod, console.in_cons);
    len = len < size ? len : size;
    smp_rmb(); /* index before data; pairs with the writer's barrier before its in_prod */
    ring_copy_out(text, page->in, IN_SIZE, console.in_cons, len);
    smp_mb(); /* data before index; pairs with the writer's before it writes over these bytes */
    console.in_cons += len;
    __atomic_store_n(&page->in_cons, console.in_cons, __ATOMIC_RELAXED);
    return len;
}

static size_t read(struct console_sink *sink, char *text, size_t size)
{
    struct xencons_interface *page = __atomic_load_n(&console.page, __ATOMIC_RELAXED);

    (void)sink;
    return page != NULL ? take_input(page, text, (uint32_t)size) : 0;
}

/* Of text, and of room. Nobody at the other end is no error. */
static void notify(struct console_sink *sink)
{
    (void)sink;
    (void)evtchn_send(EVTCHN_CONSOLE);
}

static struct console_sink sink = {
    .name = "Xen PV console", .write = write, .read = read, .notify = notify};

void pvconsole_isr(void)
{
    console_interrupt(&sink);
    say_if_broken();
}

int pvconsole_init(void)
{
    uint64_t pfn = 0;
    uint64_t port = 0;
    int rc;

    if (hypercall_get_param(HVM_PARAM_CONSOLE_PFN, &pfn) != 0 ||
        hypercall_get_param(HVM_PARAM_CONSOLE_EVTCHN, &port) != 0 || pfn == 0 ||
        pfn == UINT64_MAX || port == 0 || port > UINT32_MAX)
        return -ENODEV;
    console.page = mem_map(pfn * PAGE_SIZE, PAGE_SIZE, MEM_SHARED);
    if (console.page == NULL)
        return -ENOMEM;
    console.out_prod = __atomic_load_n(&console.page->out_prod, __ATOMIC_RELAXED);
    console.in_cons = __atomic_load_n(&console.page->in_cons, __ATOMIC_RELAXED);
    rc = evtchn_bind(EVTCHN_CONSOLE, (uint32_t)port);
    console_add(&sink);
    return rc;
}
