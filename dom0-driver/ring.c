// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/*
 * The shared page: see ring.h. Ordering is between two domains, so the virt_ and
 * sync_ kinds are used: they are real also in a kernel built for one CPU.
 */
#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/compiler.h>
#include <linux/errno.h>
#include <asm/barrier.h>
#include <asm/sync_bitops.h>

#include "ring.h"

static struct pin_slot *slot_of(const struct pin_ring *ring, u32 id)
{
	return &ring->page->slots[id % PIN_SLOTS];
}

static u32 slot_bit(u32 id)
{
	return BIT(id % PIN_SLOTS);
}

static int broken(struct pin_ring *ring, const char *fault)
{
	ring->fault = fault;
	return -EPROTO;
}

static int check_header(struct pin_ring *ring, const struct pin_page *page)
{
	if (READ_ONCE(page->magic) != PIN_MAGIC)
		return broken(ring, "wrong magic number");
	if (READ_ONCE(page->abi_version) != PIN_ABI_VERSION)
		return broken(ring, "ABI version of the page is not 1");
	if (READ_ONCE(page->slot_count) != PIN_SLOTS ||
	    READ_ONCE(page->slot_bytes) != sizeof(struct pin_slot))
		return broken(ring, "wrong slot count or size");
	if (READ_ONCE(page->pin_count) == 0)
		return broken(ring, "no pins");
	return 0;
}

/* Nobody waits for what another module posted, so it must not move a pin. */
static int cancel_leftovers(struct pin_ring *ring)
{
	unsigned int i;

	for (i = 0; i < PIN_SLOTS; i++) {
		u32 *state = &ring->page->slots[i].state;

		if (sync_cmpxchg(state, PIN_POSTED, PIN_CANCELLED) > PIN_CANCELLED)
			return broken(ring, "garbage in a slot's state");
	}
	return 0;
}

int pin_ring_attach(struct pin_ring *ring, struct pin_page *page)
{
	int err = check_header(ring, page);

	if (err)
		return err;
	ring->page = page;
	ring->waiting = 0;
	ring->next_id = READ_ONCE(page->post_id);
	if (ring->next_id - READ_ONCE(page->next_id) > PIN_SLOTS)
		return broken(ring, "request numbers are out of step");
	return cancel_leftovers(ring);
}

int pin_ring_post(struct pin_ring *ring, struct pin_request *req)
{
	struct pin_slot *slot = slot_of(ring, ring->next_id);
	u32 bit = slot_bit(ring->next_id);
	/* Pairs with the guest's release of a slot, and with our own after an answer. */
	u32 state = virt_load_acquire(&slot->state);

	if (state > PIN_CANCELLED)
		return broken(ring, "garbage in a slot's state");
	/* DONE with nobody waiting: its writer was killed, or left with another module. */
	if ((ring->waiting & bit) || (state != PIN_FREE && state != PIN_DONE))
		return -EBUSY;

	req->id = ring->next_id++;
	WRITE_ONCE(slot->id, req->id);
	WRITE_ONCE(slot->op, req->op);
	WRITE_ONCE(slot->pin, req->pin);
	WRITE_ONCE(slot->value, req->value);
	WRITE_ONCE(ring->waiting, ring->waiting | bit);
	/* The request before the state; pairs with the guest's acquire when it takes it. */
	virt_store_release(&slot->state, PIN_POSTED);
	WRITE_ONCE(ring->page->post_id, ring->next_id);
	/* All of it before the event, which the caller sends now. */
	virt_mb();
	return 0;
}

bool pin_ring_settled(const struct pin_ring *ring, u32 id)
{
	u32 state = READ_ONCE(slot_of(ring, id)->state);

	return state != PIN_POSTED && state != PIN_TAKEN;
}

bool pin_ring_progress(const struct pin_ring *ring)
{
	u32 waiting = READ_ONCE(ring->waiting);
	unsigned int i;

	for (i = 0; i < PIN_SLOTS; i++) {
		if ((waiting & BIT(i)) && pin_ring_settled(ring, i))
			return true;
	}
	return false;
}

static enum pin_ring_end violated(struct pin_ring *ring, const char *fault)
{
	broken(ring, fault);
	return PIN_RING_BROKEN;
}

/* The slot is DONE: it is ours, but the guest can still write to it. */
static enum pin_ring_end collect(struct pin_ring *ring, struct pin_slot *slot,
				 struct pin_request *req)
{
	u32 id = READ_ONCE(slot->answer_id);
	int status = READ_ONCE(slot->status);
	u32 value = READ_ONCE(slot->answer_value);

	if (id != req->id)
		return violated(ring, "answer to an unknown request");
	if (status > 0 || status < -PIN_ERRNO_MAX)
		return violated(ring, "an answer's status is no errno");
	if (req->op == PIN_OP_GET && status == 0 && value > 1)
		return violated(ring, "a pin's level is neither 0 nor 1");

	req->status = status;
	req->value = value;
	/* After the copy; pairs with the acquire in pin_ring_post(). */
	virt_store_release(&slot->state, PIN_FREE);
	return PIN_RING_ANSWERED;
}

enum pin_ring_end pin_ring_finish(struct pin_ring *ring, struct pin_request *req)
{
	struct pin_slot *slot = slot_of(ring, req->id);
	enum pin_ring_end end;

	/* Fully ordered: DONE was seen before the answer is read. */
	switch (sync_cmpxchg(&slot->state, PIN_POSTED, PIN_CANCELLED)) {
	case PIN_TAKEN:
		return PIN_RING_TAKEN;
	case PIN_POSTED:
		end = PIN_RING_CANCELLED;
		break;
	case PIN_DONE:
		end = collect(ring, slot, req);
		break;
	default:
		end = violated(ring, "a slot's state changed out of turn");
		break;
	}
	pin_ring_abandon(ring, req->id);
	return end;
}

void pin_ring_abandon(struct pin_ring *ring, u32 id)
{
	WRITE_ONCE(ring->waiting, ring->waiting & ~slot_bit(id));
}
