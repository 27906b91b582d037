/* SPDX-License-Identifier: Apache-2.0
 *
 * A hash table with linear probing that never forgets.
 */
#include <stdint.h>
#include <string.h>

#include "table.h"

/* FNV-1a */
static size_t hash(const char *key, size_t length)
{
    uint64_t sum = 0xcbf29ce484222325u;

    for (size_t i = 0; i < length; i++) {
        sum = (sum ^ (unsigned char)key[i]) * 0x100000001b3u;
    }
    return (size_t)(sum ^ (sum >> 32));
}

/* The slot that holds the key, or the empty one where it belongs. The table is never full. */
static struct entry **slot_of(const struct table *table, const char *key, size_t length)
{
    size_t i = hash(key, length) & (table->size - 1);

    for (;; i = (i + 1) & (table->size - 1)) {
        const struct entry *entry = table->slots[i];

        if (!entry || (entry->length == length && memcmp(entry->key, key, length) == 0)) {
            return &table->slots[i];
        }
    }
}

static void grow(struct table *table)
{
    const struct table old = *table;

    table->size = old.size ? old.size * 2 : 256;
    table->slots = arena_array(table->arena, table->size, sizeof(struct entry *));
    for (size_t i = 0; i < old.size; i++) {
        if (old.slots[i]) {
            *slot_of(table, old.slots[i]->key, old.slots[i]->length) = old.slots[i];
        }
    }
}

struct entry *table_entry(struct table *table, const char *key, size_t length)
{
    struct entry **slot;

    if (table->count * 2 >= table->size) {
        grow(table);
    }
    slot = slot_of(table, key, length);
    if (!*slot) {
        *slot = arena_alloc(table->arena, sizeof(struct entry));
        (*slot)->key = arena_text(table->arena, key, length);
        (*slot)->length = length;
        table->count++;
    }
    return *slot;
}

void *table_find(const struct table *table, const char *key, size_t length)
{
    const struct entry *entry = table->size ? *slot_of(table, key, length) : NULL;

    return entry ? entry->value : NULL;
}
