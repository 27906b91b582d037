/* SPDX-License-Identifier: Apache-2.0
 *
 * The store's two byte rings: what can be trusted of the indices, and copying in and out.
 */
#include "drivers/xen/xs_ring.h"

#include <arch/barrier.h>
#include <arch/mem.h>

#include "drivers/console/console.h"
#include "drivers/xen/evtchn.h"
#include "drivers/xen/hypercall.h"
#include "drivers/xen/xenstore.h"
#include "ring.h"

static struct {
    struct xenstore_domain_interface *page; /* NULL: there is none yet */
    enum xs_ring_state state;
    uint32_t req_prod; /* ours */
    uint32_t rsp_cons; /* ours */
    bool notify;
    unsigned int broken; /* times that the other side broke the rules */
} ring;

/* Fact X4: beside a dom0 the parameter is ~0 until dom0 has made the page, and then says where. */
static void find_page(void)
{
    uint64_t pfn = 0;

    if (hypercall_get_param(HVM_PARAM_STORE_PFN, &pfn) != 0 || pfn == 0 || pfn == UINT64_MAX)
        return;
    if (pfn <= UINT32_MAX / PAGE_SIZE)
        ring.page = mem_map(pfn * PAGE_SIZE, PAGE_SIZE, MEM_SHARED);
    if (ring.page == NULL) {
        ring.state = XS_RING_DEAD;
        printk("xenstore: its page, frame 0x%llx, cannot be mapped; not used\n",
               (unsigned long long)pfn);
    }
}

void xs_ring_init(void)
{
    ring.page = NULL;
    ring.state = XS_RING_DOWN;
    ring.notify = false;
    ring.broken = 0;
    find_page();
}

bool xs_ring_is_connected(void)
{
    return ring.page != NULL && ring.state != XS_RING_DEAD &&
           __atomic_load_n(&ring.page->connection, __ATOMIC_ACQUIRE) != XENSTORE_RECONNECT;
}

/* A store that was started anew has given us a cleared page: what we have written there is gone. */
static bool is_new_page(void)
{
    return __atomic_load_n(&ring.page->req_prod, __ATOMIC_RELAXED) != ring.req_prod ||
           __atomic_load_n(&ring.page->rsp_cons, __ATOMIC_RELAXED) != ring.rsp_cons;
}

static bool has_feature(uint32_t feature)
{
    return (__atomic_load_n(&ring.page->server_features, __ATOMIC_RELAXED) & feature) != 0;
}

/* xenstore-ring.txt: from here on only the word `connection` means anything, until the server has
 * emptied the rings, forgotten all that was under way, and set it back. */
static void ask_for_reconnection(void)
{
    ring.state = XS_RING_DOWN;
    __atomic_store_n(&ring.page->connection, XENSTORE_RECONNECT, __ATOMIC_RELEASE);
    ring.notify = true;
}

void xs_ring_broken(const char *why, uint32_t value)
{
    bool can_reconnect;

    if (ring.state != XS_RING_UP)
        return;
    can_reconnect =
        has_feature(XENSTORE_SERVER_FEATURE_RECONNECTION) && ++ring.broken < XS_CONNECTIONS_MAX;
    printk("xenstore: the connection is broken: %s (0x%x); %s\n", why, (unsigned int)value,
           can_reconnect ? "the store is asked to connect anew"
                         : "not used any more. Restart the domain");
    if (can_reconnect)
        ask_for_reconnection();
    else
        ring.state = XS_RING_DEAD;
}

/* A server that has given up tells why: XENSTORE_ERROR_..., xen/io/xs_wire.h. */
static void look_for_error(void)
{
    uint32_t error = __atomic_load_n(&ring.page->error, __ATOMIC_RELAXED);

    if (error != XENSTORE_ERROR_NONE && has_feature(XENSTORE_SERVER_FEATURE_ERROR))
        xs_ring_broken("the store has given it up", error);
}

static void connect(void)
{
    /* Indices need not start at 0: a boot loader may have used the rings before us (fact X1). */
    ring.req_prod = __atomic_load_n(&ring.page->req_prod, __ATOMIC_RELAXED);
    ring.rsp_cons = __atomic_load_n(&ring.page->rsp_cons, __ATOMIC_RELAXED);
    ring.state = XS_RING_UP;
}

bool xs_ring_poll(void)
{
    bool is_new;

    if (ring.state == XS_RING_NONE || ring.state == XS_RING_DEAD)
        return false;
    if (ring.page == NULL)
        find_page();
    if (!xs_ring_is_connected()) {
        if (ring.state == XS_RING_UP)
            ring.state = XS_RING_DOWN;
        return false;
    }
    is_new = ring.state == XS_RING_DOWN || is_new_page();
    if (is_new)
        connect();
    look_for_error();
    return is_new && ring.state == XS_RING_UP;
}

enum xs_ring_state xs_ring_state(void)
{
    return ring.state;
}

uint32_t xs_ring_read(void *dst, uint32_t len)
{
    uint32_t prod;
    uint32_t used;

    if (ring.state != XS_RING_UP)
        return 0;
    prod = __atomic_load_n(&ring.page->rsp_prod, __ATOMIC_RELAXED);
    if (!ring_is_valid(prod, ring.rsp_cons, XENSTORE_RING_SIZE)) {
        xs_ring_broken("the reply ring holds too much", prod - ring.rsp_cons);
        return 0;
    }
    used = ring_used(prod, ring.rsp_cons);
    len = len < used ? len : used;
    if (len == 0)
        return 0;
    smp_rmb(); /* index before data; pairs with the daemon's write barrier before its rsp_prod */
    ring_copy_out(dst, ring.page->rsp, XENSTORE_RING_SIZE, ring.rsp_cons, len);
    smp_mb(); /* data before index; pairs with the daemon's before it writes over these bytes */
    ring.rsp_cons += len;
    __atomic_store_n(&ring.page->rsp_cons, ring.rsp_cons, __ATOMIC_RELAXED);
    ring.notify = true;
    return len;
}

uint32_t xs_ring_room(void)
{
    uint32_t cons;

    if (ring.state != XS_RING_UP)
        return 0;
    cons = __atomic_load_n(&ring.page->req_cons, __ATOMIC_RELAXED);
    if (!ring_is_valid(ring.req_prod, cons, XENSTORE_RING_SIZE)) {
        xs_ring_broken("the request ring's consumer is out of range", ring.req_prod - cons);
        return 0;
    }
    return ring_free(ring.req_prod, cons, XENSTORE_RING_SIZE);
}

uint32_t xs_ring_write(const void *src, uint32_t len)
{
    uint32_t room = xs_ring_room();

    len = len < room ? len : room;
    if (len == 0)
        return 0;
    smp_mb(); /* index before data; pairs with the daemon's barrier before its req_cons */
    ring_copy_in(ring.page->req, XENSTORE_RING_SIZE, ring.req_prod, src, len);
    smp_wmb(); /* data before index; pairs with the daemon's read barrier after it reads req_prod */
    ring.req_prod += len;
    __atomic_store_n(&ring.page->req_prod, ring.req_prod, __ATOMIC_RELAXED);
    ring.notify = true;
    return len;
}

void xs_ring_notify(void)
{
    if (!ring.notify)
        return;
    ring.notify = false;
    /* Fails only if the daemon has closed the channel: time-outs say so. */
    (void)evtchn_send(EVTCHN_XENSTORE);
}
