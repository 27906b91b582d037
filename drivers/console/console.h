/* SPDX-License-Identifier: Apache-2.0
 *
 * Text out. printk() puts text into one ring buffer; every console (PV console, vPL011, PL011) is a sink that reads
 * the ring at its own pace from its own position. So a console that comes up late replays the early text, two can
 * be up at once, and a slow one delays nobody: what it could not take in time is lost for it alone, and counted.
 * Early text is all that a start that fails leaves behind: Xen lets no domU write to its own console (fact M5).
 */
#ifndef CONSOLE_H
#define CONSOLE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct console_sink {
    const char *name;
    /* Take what there is room for of `len` >= 1 bytes, at once; @return how many (0 = full now). Interrupts masked.
     * It must not print. */
    size_t (*write)(const char *text, size_t len);
    /* owned by console.c */
    uint32_t position;
    uint32_t lost_bytes;
    struct console_sink *next;
};

/**
 * Print like printf: %d %i %u %x %X %c %s %p %%, with l, ll, z, width, 0, - and a precision for %s (lib/fmt.h).
 * "\n" ends a line; a sink that needs "\r\n" makes it. Never waits.
 * Re-entrant: a task's text may be interrupted by one that prints, too. Up to 64 bytes come out in one piece; other
 * text falls between two pieces of a longer one, never into one, and no character is lost by that.
 * Context: anywhere: tasks, ISRs of both categories, hooks, alarm callbacks, before StartOS and in the report of a
 * crash.
 */
__attribute__((format(printf, 1, 2))) void printk(const char *fmt, ...);

/** printk() with an argument list. */
__attribute__((format(printf, 1, 0))) void vprintk(const char *fmt, va_list args);

/** End the line that is begun, if one is: what comes next can be found at a line's beginning. Context: as printk(). */
void console_begin_line(void);

/** Add a sink; all that the ring still holds is replayed into it. Context: any with interrupts masked or before StartOS. */
void console_add(struct console_sink *sink);

/** Offer waiting text to the sinks; a sink's interrupt calls it when there is room again. Context: task, ISR2. */
void console_pump(void);

/** Pump until every sink has taken everything, or `timeout_ms` is over (a dead reader never stops a shutdown).
 *  @return true if all was taken. Context: the end of the system, interrupts masked. */
bool console_drain(uint32_t timeout_ms);

#endif
