/* SPDX-License-Identifier: Apache-2.0
 *
 * Texts, each stored once, with one pointer beside each: a set of names, or a dictionary.
 */
#ifndef OILC_TABLE_H
#define OILC_TABLE_H

#include "arena.h"

struct entry {
    const char *key;
    size_t length;
    void *value; /* NULL in a new entry */
};

struct table {
    struct arena *arena;
    struct entry **slots; /* open addressing; a power of two, at most half of them used */
    size_t size, count;
};

/** The entry of a key, made if there is none. Keys may hold any bytes. */
struct entry *table_entry(struct table *table, const char *key, size_t length);

/** The value beside a key; NULL: no such key. Adds nothing. */
void *table_find(const struct table *table, const char *key, size_t length);

#endif
