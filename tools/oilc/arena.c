/* SPDX-License-Identifier: Apache-2.0
 *
 * Blocks of memory in a list; pieces are cut from the newest one.
 */
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"

enum { BLOCK_BYTES = 32 * 1024, ALIGNMENT = 16 };

struct arena_block {
    struct arena_block *next;
    size_t used, size;
    _Alignas(ALIGNMENT) unsigned char bytes[];
};

_Noreturn void *arena_exhausted(void)
{
    fputs("oilc: error: out of memory\n", stderr);
    exit(2);
}

static struct arena_block *add_block(struct arena *arena, size_t size)
{
    struct arena_block *block = calloc(1, sizeof(*block) + size);

    if (!block) {
        arena_exhausted();
    }
    block->size = size;
    block->next = arena->blocks;
    arena->blocks = block;
    return block;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    struct arena_block *block = arena->blocks;
    void *piece;

    if (size > SIZE_MAX / 2) {
        arena_exhausted();
    }
    size = (size + ALIGNMENT) / ALIGNMENT * ALIGNMENT;
    if (!block || block->size - block->used < size) {
        block = add_block(arena, size > BLOCK_BYTES ? size : BLOCK_BYTES);
    }
    piece = &block->bytes[block->used];
    block->used += size;
    return piece;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    if (count > SIZE_MAX / 4 / size) {
        arena_exhausted();
    }
    return arena_alloc(arena, count * size);
}

char *arena_text(struct arena *arena, const char *text, size_t length)
{
    char *copy = arena_alloc(arena, length + 1);

    memcpy(copy, text, length);
    return copy;
}

char *arena_print(struct arena *arena, const char *format, ...)
{
    va_list args, again;
    char *text;
    int length;

    va_start(args, format);
    va_copy(again, args);
    length = vsnprintf(NULL, 0, format, args);
    text = arena_alloc(arena, (size_t)(length < 0 ? 0 : length) + 1);
    vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    va_end(args);
    return text;
}

void arena_free(struct arena *arena)
{
    while (arena->blocks) {
        struct arena_block *next = arena->blocks->next;

        free(arena->blocks);
        arena->blocks = next;
    }
}
