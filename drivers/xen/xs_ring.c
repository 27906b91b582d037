/* SPDX-License-Identifier: Apache-2.0
 *
 * The store's two byte rings: what can be trusted of the indices, and copying in and out.
 */
#include "drivers/xen/xs_ring.h"

#include <arch/barrier.h>

#include "drivers/console/console.h"
#include "drivers/xen/evtchn.h"
#include "ring.h"

static struct {
    struct xenstore_domain_interface *page;
    enum xs_ring_state state;
    uint32_t req_prod; /* ours */
    uint32_t rsp_cons; /* ours */
    bool notify;
} ring;

void xs_ring_init(struct xenstore_domain_interface *page)
{
    ring.page = page;
    ring.state = XS_RING_DOWN;
    ring.notify = false;
}

bool xs_ring_poll(void)
{
    bool is_up;

    if (ring.state != XS_RING_DOWN && ring.state != XS_RING_UP)
        return false;
    is_up = __atomic_load_n(&ring.page->connection, __ATOMIC_ACQUIRE) != XENSTORE_RECONNECT;
    if (!is_up)
        ring.state = XS_RING_DOWN;
    if (!is_up || ring.state == XS_RING_UP)
        return false;
    /* Indices need not start at 0: a boot loader may have used the rings before us (fact X1). */
    ring.req_prod = __atomic_load_n(&ring.page->req_prod, __ATOMIC_RELAXED);
    ring.rsp_cons = __atomic_load_n(&ring.page->rsp_cons, __ATOMIC_RELAXED);
    ring.state = XS_RING_UP;
    return true;
}

enum xs_ring_state xs_ring_state(void)
{
    return ring.state;
}

void xs_ring_kill(const char *why, uint32_t value)
{
    if (ring.state == XS_RING_DEAD)
        return;
    ring.state = XS_RING_DEAD;
    printk("xenstore: %s (0x%x): the store's daemon broke the protocol; not used any more. "
           "Restart the domain\n",
           why, (unsigned int)value);
}

uint32_t xs_ring_read(void *dst, uint32_t len)
{
    uint32_t prod;
    uint32_t used;

    if (ring.state != XS_RING_UP)
        return 0;
    prod = __atomic_load_n(&ring.page->rsp_prod, __ATOMIC_RELAXED);
    if (!ring_is_valid(prod, ring.rsp_cons, XENSTORE_RING_SIZE)) {
        xs_ring_kill("reply ring holds too much", prod - ring.rsp_cons);
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
        xs_ring_kill("request ring's consumer is out of range", ring.req_prod - cons);
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
