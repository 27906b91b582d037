/* SPDX-License-Identifier: Apache-2.0
 *
 * Compiling a text that is no file, and a check that holds for every text: it is refused with a
 * message, or the configuration that is printed for it means the same.
 */
#ifndef TEST_OILC_TEXTS_H
#define TEST_OILC_TEXTS_H

#include <stddef.h>
#include <stdint.h>

/**
 * Compile `text`; bytes 0xff divide it into files: the first is compiled, #include "1" is the
 * second, and so on. If it is accepted, compile what --print says of it and compare all outputs.
 * Ends the program with a word if the promise is broken.
 * @return the number of errors
 */
unsigned int texts_try(const uint8_t *text, size_t length);

#endif
