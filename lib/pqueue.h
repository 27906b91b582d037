/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ordered queue of small integers ("items", such as alarm numbers) under large keys (due times).
 *
 * A radix priority search tree (E. McCreight, 1985) in an array that the caller owns. It is a heap:
 * no entry has a smaller key than the one above it. And it is a search tree: each item has a way of
 * its own from the top to the bottom, given by its number's bits, and its entry lies on that way. So
 * the first is found at once, any item by walking its way, and no operation takes more steps than a
 * way has: O(log n). A queue with few items in it has them near the top.
 *
 * A key and its item are one number, the entry: the item in its lowest bits, the key in all others.
 * So one comparison tells which of two goes first. Of equal keys it is the lowest item, whatever the
 * order of insertion: alarms that are due together expire in an order that is known before the
 * system runs. The more items there are, the fewer bits are left for keys.
 *
 * Nothing here locks: the caller keeps interrupts out.
 */
#ifndef LIB_PQUEUE_H
#define LIB_PQUEUE_H

#include <stdbool.h>
#include <stdint.h>

/** Ends of ways for items below @p count, a power of two. */
#define PQUEUE_WAYS(count) ((count) < 2u ? 1u : 1u << (32 - __builtin_clz((count)-1u)))

/** Elements that `entries` needs for items below @p count. */
#define PQUEUE_ENTRIES(count) (2u * PQUEUE_WAYS(count))

/** How many bits items below @p count need, so that no item has all of them set: 1 .. 16. */
#define PQUEUE_ITEM_BITS(count) (32 - __builtin_clz((count) | 1u))

/** No entry: behind all that there can be. */
#define PQUEUE_NONE UINT64_MAX

struct pqueue {
    uint64_t *entries; /* by place: 1 is the top, 2p and 2p + 1 are below p */
    uint16_t ways;     /* 1 .. 32768 */
    uint16_t item_mask;
};

/**
 * An empty queue.
 * @param  count      items are below; at most 32768
 * @param  item_bits  PQUEUE_ITEM_BITS(count) or more: of each entry
 */
void pqueue_init(struct pqueue *q, uint64_t *entries, unsigned int count, unsigned int item_bits);

/** The first entry; PQUEUE_NONE: there is none. */
static inline uint64_t pqueue_top(const struct pqueue *q)
{
    return q->entries[1];
}

/** The place of @p item's entry; 0: it is not in the queue. O(log n). */
unsigned int pqueue_find(const struct pqueue *q, unsigned int item);

/** Put in an entry below PQUEUE_NONE, whose item must have none in the queue. O(log n). */
void pqueue_insert(struct pqueue *q, uint64_t entry);

/** Take out the entry at a place where there is one; the first is at 1. O(log n). */
void pqueue_remove(struct pqueue *q, unsigned int place);

#endif
