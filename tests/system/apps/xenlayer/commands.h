/* SPDX-License-Identifier: Apache-2.0
 *
 * What dom0 tells the guest to do: a word in data/poke or, after the word "listen", a line typed at
 * the console, which also works while xenstored does not.
 */
#ifndef COMMANDS_H
#define COMMANDS_H

/** Watch data/poke: whatever dom0 writes there comes back in data/echo, and is obeyed if it is one
 *  of the words in commands.c. Context: ISR2, or before StartOS; once. */
void commands_start(void);

#endif
