/* SPDX-License-Identifier: Apache-2.0
 *
 * What dom0 tells the guest to do: a word in data/word.
 */
#ifndef WORDS_H
#define WORDS_H

struct word {
    const char *word; /* NULL: the end of the list */
    void (*run)(void);
};

/** Watch data/word. When dom0 writes one of these there, its function runs, in the store's ISR2.
 *  Prints a line when the watch is set. Context: before StartOS, once. */
void words_start(const struct word *words);

#endif
