/* SPDX-License-Identifier: Apache-2.0
 *
 * What dom0 can make the task Worker do: the words of deeds.c, each with its arguments.
 */
#ifndef DEEDS_H
#define DEEDS_H

#include <stddef.h>

#define RESULT_BYTES 200u

/** Before StartOS: map what "break" needs. */
void deeds_init(void);

/** Do it, and say how it went: a text for dom0 in `result`. Context: Worker. */
void deeds_do(const char *command, char result[RESULT_BYTES]);

#endif
