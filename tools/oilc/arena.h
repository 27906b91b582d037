/* SPDX-License-Identifier: Apache-2.0
 *
 * Memory of one compilation: taken piece by piece, given back at once. Whoever allocates need not
 * think of an end. Running out of memory ends the program with a word.
 */
#ifndef OILC_ARENA_H
#define OILC_ARENA_H

#include <stddef.h>

struct arena {
    struct arena_block *blocks;
};

/** `size` bytes of zeroes, aligned for anything. size 0: a pointer that is not NULL. */
void *arena_alloc(struct arena *arena, size_t size);

/** `count` zeroed elements of `size` bytes. */
void *arena_array(struct arena *arena, size_t count, size_t size);

/** A copy of `length` bytes of text with a 0 behind them. */
char *arena_text(struct arena *arena, const char *text, size_t length);

/** printf into a new text. */
__attribute__((format(printf, 2, 3))) char *arena_print(struct arena *arena, const char *format,
                                                        ...);

void arena_free(struct arena *arena);

/** No memory: say so and end the program. Returns nothing, in a form that fits into expressions. */
_Noreturn void *arena_exhausted(void);

#endif
