/* SPDX-License-Identifier: Apache-2.0
 *
 * The shared page: see ring.h. This is the path from dom0's event to the pin, so it is short on
 * purpose.
 */
#include <errno.h>

#include "drivers/pins/ring.h"

#define READ_WORD(word)         __atomic_load_n(&(word), __ATOMIC_RELAXED)
#define WRITE_WORD(word, value) __atomic_store_n(&(word), (value), __ATOMIC_RELAXED)

void pin_ring_init(struct pin_ring *ring, struct pin_page *page, uint32_t pin_count)
{
    *ring = (struct pin_ring){.page = page, .pin_count = pin_count};
    page->magic = PIN_MAGIC;
    page->abi_version = PIN_ABI_VERSION;
    page->slot_count = PIN_SLOTS;
    page->slot_bytes = sizeof(struct pin_slot);
    page->pin_count = pin_count;
}

/* Check a request, and do it. The slot is TAKEN: dom0 writes no more to it, but each word is still
 * read only once. */
static int execute(const struct pin_ring *ring, const struct pin_slot *slot, uint32_t id)
{
    const uint32_t op = READ_WORD(slot->op);
    const uint32_t pin = READ_WORD(slot->pin);
    const uint32_t value = READ_WORD(slot->value);

    if (id != ring->next_id) {
        return -EPROTO;
    }
    if (pin >= ring->pin_count) {
        return -EINVAL;
    }
    switch (op) {
    case PIN_OP_SET:
        return value <= 1 ? pin_drive(pin, value != 0) : -EINVAL;
    case PIN_OP_GET:
        return pin_level(pin);
    default:
        return -ENOSYS;
    }
}

/* Hand a slot back. `next_id` first: who sees the slot in its new state sees that we are past it.
 */
static void pass_on(struct pin_ring *ring, struct pin_slot *slot, uint32_t state)
{
    ring->next_id++;
    WRITE_WORD(ring->page->next_id, ring->next_id);
    /* Answer, next_id and the pin's own store before the state; pairs with dom0's acquire of the
     * state. */
    __atomic_store_n(&slot->state, state, __ATOMIC_RELEASE);
}

static void answer(struct pin_ring *ring, struct pin_slot *slot)
{
    const uint32_t id = READ_WORD(slot->id);
    const int result = execute(ring, slot, id);

    if (result < 0) {
        ring->refused++;
    }
    WRITE_WORD(slot->answer_id, id);
    WRITE_WORD(slot->status, result < 0 ? result : 0);
    WRITE_WORD(slot->answer_value, result < 0 ? 0 : (uint32_t)result);
    pass_on(ring, slot, PIN_DONE);
}

/* From here on dom0 cannot cancel the request. Acquire pairs with dom0's release of POSTED. */
static bool take(struct pin_slot *slot, uint32_t *state)
{
    *state = PIN_POSTED;
    return __atomic_compare_exchange_n(&slot->state, state, PIN_TAKEN, false, __ATOMIC_ACQUIRE,
                                       __ATOMIC_RELAXED);
}

unsigned int pin_ring_serve(struct pin_ring *ring)
{
    unsigned int answered = 0;

    for (unsigned int i = 0; i < PIN_SLOTS; i++) {
        struct pin_slot *const slot = &ring->page->slots[ring->next_id % PIN_SLOTS];
        uint32_t state;

        if (take(slot, &state)) {
            answer(ring, slot);
            answered++;
        } else if (state == PIN_CANCELLED) {
            pass_on(ring, slot, PIN_FREE);
        } else {
            /* FREE, or DONE and not collected: nothing waits, here or behind. */
            ring->garbage += state != PIN_FREE && state != PIN_DONE;
            break;
        }
    }
    return answered;
}
