/* SPDX-License-Identifier: Apache-2.0 */
/*
 * See pqueue.h. Place 1 is the top; the children of place p are 2p and 2p + 1, their parent p.
 * A sift carries a hole instead of swapping: each level moves one entry, and the item that is being
 * placed is written once, at the end. Keys lie by place, so two children share a cache line mostly.
 */
#include "pqueue.h"

static bool goes_first(uint64_t key, uint16_t item, uint64_t other_key, uint16_t other_item)
{
    return key < other_key || (key == other_key && item < other_item);
}

static bool place_goes_first(const struct pqueue *q, unsigned int place, unsigned int other)
{
    return goes_first(q->keys[place], q->items[place], q->keys[other], q->items[other]);
}

static void put(struct pqueue *q, unsigned int place, uint64_t key, uint16_t item)
{
    q->keys[place] = key;
    q->items[place] = item;
    q->places[item] = (uint16_t)place;
}

static void move(struct pqueue *q, unsigned int to, unsigned int from)
{
    put(q, to, q->keys[from], q->items[from]);
}

/* Put an entry where it belongs between the hole and the top. */
static void sift_up(struct pqueue *q, unsigned int hole, uint64_t key, uint16_t item)
{
    unsigned int parent;

    for (; hole > 1; hole = parent) {
        parent = hole / 2;
        if (!goes_first(key, item, q->keys[parent], q->items[parent]))
            break;
        move(q, hole, parent);
    }
    put(q, hole, key, item);
}

/* Put an entry where it belongs between the hole and the bottom. */
static void sift_down(struct pqueue *q, unsigned int hole, uint64_t key, uint16_t item)
{
    unsigned int count = q->count;
    unsigned int child;

    for (; hole * 2 <= count; hole = child) {
        child = hole * 2;
        if (child < count && place_goes_first(q, child + 1, child))
            child++;
        if (!goes_first(q->keys[child], q->items[child], key, item))
            break;
        move(q, hole, child);
    }
    put(q, hole, key, item);
}

/* Fill a hole anywhere in the heap; only one of the two directions can be needed. */
static void sift(struct pqueue *q, unsigned int hole, uint64_t key, uint16_t item)
{
    unsigned int parent = hole / 2;

    if (parent != 0 && goes_first(key, item, q->keys[parent], q->items[parent]))
        sift_up(q, hole, key, item);
    else
        sift_down(q, hole, key, item);
}

bool pqueue_set(struct pqueue *q, uint16_t item, uint64_t key)
{
    if (pqueue_contains(q, item)) {
        sift(q, q->places[item], key, item);
        return true;
    }
    if (q->count >= q->capacity)
        return false;
    q->count++;
    sift_up(q, q->count, key, item);
    return true;
}

bool pqueue_remove(struct pqueue *q, uint16_t item)
{
    unsigned int hole;
    unsigned int last;

    if (!pqueue_contains(q, item))
        return false;
    hole = q->places[item];
    last = q->count;
    q->places[item] = 0;
    q->count--;
    if (hole != last)
        sift(q, hole, q->keys[last], q->items[last]);
    return true;
}
