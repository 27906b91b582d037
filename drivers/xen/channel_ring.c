/* SPDX-License-Identifier: Apache-2.0
 *
 * A channel's memory: see channel_ring.h.
 */
#include "drivers/xen/channel_ring.h"

#include <arch/barrier.h>

#include "ring.h"

#define READ_WORD(word)         __atomic_load_n(&(word), __ATOMIC_RELAXED)
#define WRITE_WORD(word, value) __atomic_store_n(&(word), (value), __ATOMIC_RELAXED)

int channel_ring_waiting(const struct channel_ring *in)
{
    uint32_t prod = READ_WORD(in->shared->prod);

    return ring_is_valid(prod, in->index, in->size) ? (int)ring_used(prod, in->index) : -EPROTO;
}

int channel_ring_room(const struct channel_ring *out)
{
    uint32_t cons = READ_WORD(out->shared->cons);

    if (!ring_is_valid(out->index, cons, out->size))
        return -EPROTO;
    return (int)ring_free(out->index, cons, out->size);
}

static void publish_in(struct channel_ring *in, uint32_t cons)
{
    in->index = cons;
    WRITE_WORD(in->shared->cons, cons);
}

static void publish_out(struct channel_ring *out, uint32_t prod)
{
    out->index = prod;
    WRITE_WORD(out->shared->prod, prod);
}

void channel_ring_take(struct channel_ring *in, void *dst, uint32_t len)
{
    smp_rmb(); /* index before data; pairs with the peer's barrier between its data and prod */
    if (dst != NULL)
        ring_copy_out(dst, in->data, in->size, in->index, len);
    smp_mb(); /* data before index; pairs with the peer's barrier between cons and its next data */
    publish_in(in, in->index + len);
}

void channel_ring_put(struct channel_ring *out, const void *src, uint32_t len)
{
    smp_mb(); /* index before data; pairs with the peer's barrier between its data and cons */
    ring_copy_in(out->data, out->size, out->index, src, len);
    smp_wmb(); /* data before index; pairs with the peer's barrier between prod and its data */
    publish_out(out, out->index + len);
}

void channel_ring_clear_in(struct channel_ring *in)
{
    publish_in(in, READ_WORD(in->shared->prod));
}

void channel_ring_clear_out(struct channel_ring *out)
{
    publish_out(out, READ_WORD(out->shared->cons));
}

void channel_ring_ask(uint8_t *bits, uint8_t what)
{
    /* Before the next look at an index; pairs with the barrier in the peer's "is asked". */
    __atomic_fetch_or(bits, what, __ATOMIC_SEQ_CST);
    smp_mb();
}

bool channel_ring_is_asked(uint8_t *bits, uint8_t what)
{
    smp_mb(); /* our index before the look at the bits; pairs with the peer's "ask" */
    if ((READ_WORD(*bits) & what) == 0)
        return false;
    return (__atomic_fetch_and(bits, (uint8_t)~what, __ATOMIC_SEQ_CST) & what) != 0;
}
