/* SPDX-License-Identifier: Apache-2.0
 *
 * Text out and in. printk() puts text into one ring buffer; every console (PV console, vPL011, PL011) is a sink that
 * reads the ring at its own pace from its own position. So a console that comes up late replays the early text, two
 * can be up at once, and a slow one delays nobody: what it could not take in time is lost for it alone, counted, and
 * told there in a line "... N bytes lost" when it goes on. Early text is all that a start that fails leaves behind: Xen
 * lets no domU write to its own console (fact M5).
 *
 * What is typed at any of them is echoed where it was typed, and reaches the one function that the application has
 * registered. Lines are not edited here: that is the terminal's part.
 *
 * What OIL decides (docs/OIL.md), and os_cfg.h says (console_config.h):
 *   CONSOLE       which of the machine's consoles are used
 *   CONSOLEINPUT  where the application's function is called: in the consoles' ISR2, or in a task
 *   CONSOLEECHO   where what is typed is echoed: there, on the UART, nowhere
 *   CONSOLEFULL   what a task's printk() does when text that a console has not taken yet would be overwritten: at once
 *                 drop the oldest for that console, or wait for it, bounded
 */
#ifndef CONSOLE_H
#define CONSOLE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* "\n... 4294967295 bytes lost\n" */
#define CONSOLE_NOTE_BYTES 32u

struct console_sink {
    const char *name;
    bool is_uart; /* CONSOLEECHO = UART means it; the last one added, of several */
    /* Take what there is room for of `len` >= 1 bytes, at once; @return how many (0 = full now). Interrupts masked.
     * It must not print. */
    size_t (*write)(struct console_sink *sink, const char *text, size_t len);
    /* Give what has arrived, at most `size` bytes; @return how many, 0 = no more now. Called by console_interrupt(). */
    size_t (*read)(struct console_sink *sink, char *text, size_t size);
    /* Tell the other side of what was written or read: once behind all of it. NULL: it sees for itself. Interrupts
     * masked. */
    void (*notify)(struct console_sink *sink);
    /* owned by drivers/console */
    uint32_t position;
    uint32_t lost_bytes;
    uint32_t told_bytes; /* of these, in notes that have gone out */
    uint32_t note_bytes; /* lost_bytes, as the note counts them */
    char note[CONSOLE_NOTE_BYTES];
    uint8_t note_len;
    uint8_t note_at;  /* 0: it has not begun to go out, and is made anew */
    bool is_dirty;    /* notify() is due */
    bool is_given_up; /* CONSOLEFULL = BLOCK: has let the time pass, and taken nothing since */
    struct console_sink *next;
};

/**
 * Print like printf: %d %i %u %x %X %c %s %p %%, with l, ll, z, width, 0, - and a precision for %s (lib/fmt.h).
 * "\n" ends a line; a sink that needs "\r\n" makes it.
 * Re-entrant: a task's text may be interrupted by one that prints, too. Up to 64 bytes come out in one piece; other
 * text falls between two pieces of a longer one, never into one, and no character is lost by that.
 *
 * Never waits, except with CONSOLEFULL = BLOCK, and then in a task only, outside of interrupt sections: while 4096
 * bytes wait for a console it looks again and again whether that one takes some, until the TIMEOUT has passed since
 * the call began. Interrupts and higher tasks go on meanwhile, lower tasks do not. A console that has let the time
 * pass is not waited for again before it has taken something, so one that is dead costs the time once.
 * Context: anywhere: tasks, ISRs of both categories, hooks, alarm callbacks, before StartOS and in the report of a
 * crash.
 */
__attribute__((format(printf, 1, 2))) void printk(const char *fmt, ...);

/** printk() with an argument list. */
__attribute__((format(printf, 1, 0))) void vprintk(const char *fmt, va_list args);

/** End the line that is begun, if one is: what comes next can be found at a line's beginning. Context: as printk(). */
void console_begin_line(void);

/**
 * Who gets what is typed. Without it, or after NULL, text is echoed and forgotten.
 * @param  input  called with 1 or more bytes as they came (a terminal sends "\r" for Enter), from whichever console,
 *                valid during the call only. Once a console has nothing more: a pasted text comes in one call, or in
 *                two, as it lies in a buffer of 1024 bytes. One call at a time. It may print.
 *                Its context is CONSOLEINPUT's: an ISR2 of the event channels' level, or the task.
 * Context: any.
 */
void console_on_input(void (*input)(const char *text, size_t len));

/** Hand on the text that waits: the body of the task of CONSOLEINPUT = TASK, followed by TerminateTask(). Text that
 *  comes later activates it again. Context: that task. */
void console_serve_input(void);

/** Typed bytes for which there was no room: the task was too slow. Wraps. Context: any. */
uint32_t console_input_lost(void);

struct console_stats {
    const char *name;    /* "Xen PV console", "vPL011", "PL011" */
    uint32_t lost_bytes; /* of output; wraps */
};

/** A console's counts. @param which 0, 1, ...: the last one added is 0. @return false: there are not so many.
 *  Context: any. */
bool console_stats(unsigned int which, struct console_stats *stats);

/* For consoles' drivers and the system's start and end. */

/** Add a sink; all that the ring still holds is replayed into it. Context: any with interrupts masked or before StartOS. */
void console_add(struct console_sink *sink);

/** What a sink's interrupt does: take what has arrived until there is no more (at most 1024 bytes), echo it, hand it
 *  on, and offer waiting text. Context: ISR2; those of all sinks have one level, so that none interrupts another. */
void console_interrupt(struct console_sink *sink);

/** Offer waiting text to the sinks. Context: task, ISR2. */
void console_pump(void);

/** Pump until every sink has taken everything, or `timeout_ms` is over (a dead reader never stops a shutdown).
 *  @return true if all was taken. Context: the end of the system, interrupts masked. */
bool console_drain(uint32_t timeout_ms);

#endif
