/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of this folder share: console.c has the sinks.
 */
#ifndef CONSOLE_SINKS_H
#define CONSOLE_SINKS_H

#include "console.h"

/** Write to one sink, past the ring. @return how many bytes it took. Interrupts masked. */
size_t console_offer(struct console_sink *sink, const char *text, size_t len);

/** The UART among the sinks, NULL: there is none. Context: any. */
struct console_sink *console_uart(void);

#endif
