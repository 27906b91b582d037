/* SPDX-License-Identifier: Apache-2.0
 *
 * Numbers as xenstore has them: text, decimal, nothing around it.
 */
#ifndef LIB_DECIMAL_H
#define LIB_DECIMAL_H

#include <stdbool.h>
#include <stdint.h>

#define DECIMAL_BYTES 21u /* of 18446744073709551615 and a NUL */

/** Write a number with a NUL behind it. @return its length without the NUL */
unsigned int decimal_print(char text[DECIMAL_BYTES], uint64_t value);

/** Read a number that is the whole text: digits only, leading zeros allowed. @return false, and
 *  `*value` as it was: no digits, another character, or more than `max` */
bool decimal_parse(const char *text, uint64_t max, uint64_t *value);

#endif
