/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ordered queue of small integers ("items", such as alarm numbers) under 64-bit keys (due times).
 *
 * A binary min-heap in arrays that the caller owns: peek O(1), insert, re-key and remove O(log n).
 * Each item knows its place in the heap, so any item is found and removed without a search.
 * Of equal keys the lowest item number comes first, whatever the order of insertion: alarms that
 * are due together expire in an order that is known before the system runs.
 *
 * Zeroed storage is an empty queue. Nothing here locks: the caller keeps interrupts out.
 */
#ifndef LIB_PQUEUE_H
#define LIB_PQUEUE_H

#include <stdbool.h>
#include <stdint.h>

/** Elements that `keys` and `items` need for @p capacity items: place 0 means "nowhere". */
#define PQUEUE_PLACES(capacity) ((capacity) + 1u)

struct pqueue {
    uint64_t *keys;    /* [PQUEUE_PLACES(capacity)], by place */
    uint16_t *items;   /* [PQUEUE_PLACES(capacity)], by place */
    uint16_t *places;  /* by item, up to the largest one; queues with disjoint items may share it */
    uint16_t capacity; /* 0 .. 65534; with 0 the two arrays by place may be NULL */
    uint16_t count;    /* items in the queue now; written by the functions below only */
};

/** Whether the queue holds nothing. */
static inline bool pqueue_is_empty(const struct pqueue *q)
{
    return q->count == 0;
}

/** The item with the smallest key. The queue must not be empty. */
static inline uint16_t pqueue_top(const struct pqueue *q)
{
    return q->items[1];
}

/** The smallest key. The queue must not be empty. */
static inline uint64_t pqueue_top_key(const struct pqueue *q)
{
    return q->keys[1];
}

/** Whether @p item, which must be an index of `places`, is in this queue. O(1). */
static inline bool pqueue_contains(const struct pqueue *q, uint16_t item)
{
    uint16_t place = q->places[item];

    return place != 0 && place <= q->count && q->items[place] == item;
}

/** The key of @p item, which must be in the queue. O(1). */
static inline uint64_t pqueue_key(const struct pqueue *q, uint16_t item)
{
    return q->keys[q->places[item]];
}

/**
 * Give @p item the key @p key: insert it, or move it if it is in the queue already.
 * Either way it costs one walk along one branch of the heap; re-arming the alarm at the top with
 * its next due time is one walk down and needs no removal first.
 * @param  item  an index of `places`, in no other queue that shares them
 * @return true; false: it is not in the queue and the queue is full, nothing changed
 */
bool pqueue_set(struct pqueue *q, uint16_t item, uint64_t key);

/**
 * Take @p item out of the queue.
 * @param  item  an index of `places`
 * @return true; false: it was not in the queue, nothing changed
 */
bool pqueue_remove(struct pqueue *q, uint16_t item);

#endif
