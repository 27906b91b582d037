/* SPDX-License-Identifier: Apache-2.0 */
/*
 * See pqueue.h. An item's way begins at place 1 and ends at place ways + item: the places on it are
 * that number's leading bits.
 */
#include "pqueue.h"

void pqueue_init(struct pqueue *q, uint64_t *entries, unsigned int count, unsigned int item_bits)
{
    *q = (struct pqueue){
        .entries = entries,
        .ways = (uint16_t)PQUEUE_WAYS(count),
        .item_mask = (uint16_t)((1u << item_bits) - 1u),
    };
    for (unsigned int place = 0; place < PQUEUE_ENTRIES(count); place++)
        entries[place] = PQUEUE_NONE;
}

unsigned int pqueue_find(const struct pqueue *q, unsigned int item)
{
    unsigned int place = q->ways + item;

    for (; place != 0; place >>= 1) {
        if (((unsigned int)q->entries[place] & q->item_mask) == item)
            break;
    }
    return place;
}

/* Down the item's way, and where an entry is met that goes later, with that one down its own: it ends
 * in a free place, at the latest at a way's end, which is one item's alone. */
void pqueue_insert(struct pqueue *q, uint64_t entry)
{
    unsigned int left = 32u - (unsigned int)__builtin_clz(q->ways);

    while (entry != PQUEUE_NONE) {
        const unsigned int end = q->ways + ((unsigned int)entry & q->item_mask);
        uint64_t *const place = &q->entries[end >> --left];
        const uint64_t there = *place;

        if (entry < there) {
            *place = entry;
            entry = there;
        }
    }
}

/* The smaller of the two below moves up, and so on. */
void pqueue_remove(struct pqueue *q, unsigned int place)
{
    uint64_t *const entries = q->entries;
    uint64_t *hole = &entries[place];
    const unsigned int ways = q->ways;

    while (place < ways) {
        const uint64_t *const below = &entries[place * 2];
        const uint64_t right = below[1];
        uint64_t first = below[0];

        place *= 2;
        if (right < first) {
            first = right;
            place++;
        }
        *hole = first;
        if (first == PQUEUE_NONE)
            return;
        hole = &entries[place];
    }
    *hole = PQUEUE_NONE;
}
