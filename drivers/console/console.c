/* SPDX-License-Identifier: Apache-2.0
 *
 * The text ring and its readers (console.h). Positions are free-running; a byte's place is position modulo size.
 */
#include "console.h"

#include <string.h>

#include "console_config.h"
#include "fmt.h"
#include "kernel/arch.h"
#include "sinks.h"

#define RING_BYTES  4096u /* power of two; holds a boot banner and more until a console is up */
#define PIECE_BYTES 64u   /* of one printk(): no other text comes between them */
#define FEED_BYTES  16u   /* for a sink at a time, interrupts masked: a UART takes one by one */

static char ring[RING_BYTES];
static uint32_t written;
static struct console_sink *sinks;

struct piece {
    uint64_t begin; /* of the printk() that it belongs to */
    char text[PIECE_BYTES];
    uint32_t len;
};

static size_t at_most(size_t value, size_t limit)
{
    return value < limit ? value : limit;
}

static uint64_t counts_of(uint32_t ms)
{
    return (uint64_t)arch_timer_hz() * ms / 1000;
}

/* ---- a full ring ---- */

/* Whether `more` bytes overwrite what the sink has not read. */
static bool would_lose(const struct console_sink *sink, uint32_t more)
{
    return !sink->is_given_up && written + more - sink->position > RING_BYTES;
}

/* Those that would lose text are waited for no longer. */
static void give_up(uint32_t more)
{
    for (struct console_sink *sink = sinks; sink != NULL; sink = sink->next) {
        sink->is_given_up |= would_lose(sink, more);
    }
}

static bool is_room(uint32_t more)
{
    for (const struct console_sink *sink = sinks; sink != NULL; sink = sink->next) {
        if (would_lose(sink, more)) {
            return false;
        }
    }
    return true;
}

static void wait_for_room(const struct piece *piece)
{
    while (!is_room(piece->len)) {
        console_pump();
        if (arch_timer_count() - piece->begin >= counts_of(CFG_CONSOLE_BLOCK_MS)) {
            give_up(piece->len);
        }
    }
}

/* What was overwritten before the sink read it is lost for this sink. */
static void skip_lost(struct console_sink *sink)
{
    const uint32_t behind = written - sink->position;

    if (behind > RING_BYTES) {
        sink->lost_bytes += behind - RING_BYTES;
        sink->position = written - RING_BYTES;
    }
}

/* The line that tells what is lost. It counts until its first byte goes out; what is lost later is the next one's. */
static size_t offer_note(struct console_sink *sink)
{
    size_t len;

    if (sink->note_at == 0) {
        sink->note_bytes = sink->lost_bytes;
        sink->note_len =
            (uint8_t)fmt_add(sink->note, CONSOLE_NOTE_BYTES, 0, "\n... %u bytes lost\n",
                             sink->lost_bytes - sink->told_bytes);
    }
    len = at_most((size_t)sink->note_len - sink->note_at, FEED_BYTES);
    len = console_offer(sink, &sink->note[sink->note_at], len);
    sink->note_at = (uint8_t)(sink->note_at + len);
    if (sink->note_at == sink->note_len) {
        sink->note_at = 0;
        sink->told_bytes = sink->note_bytes;
    }
    return len;
}

/* ---- from the ring into the sinks ---- */

size_t console_offer(struct console_sink *sink, const char *text, size_t len)
{
    const size_t taken = sink->write(sink, text, len);

    if (taken > 0) {
        sink->is_dirty = true;
        sink->is_given_up = false;
    }
    return taken;
}

static size_t offer_text(struct console_sink *sink)
{
    const size_t place = sink->position % RING_BYTES;
    const size_t len = at_most(written - sink->position, at_most(RING_BYTES - place, FEED_BYTES));
    size_t taken;

    if (len == 0) {
        return 0;
    }
    taken = console_offer(sink, &ring[place], len);
    sink->position += (uint32_t)taken;
    return taken;
}

/* Offer what comes next. @return false: nothing left, or the sink is full. */
static bool feed(struct console_sink *sink)
{
    const arch_irq_t was = arch_irq_save();
    size_t taken;

    skip_lost(sink);
    taken = sink->lost_bytes != sink->told_bytes ? offer_note(sink) : offer_text(sink);
    arch_irq_restore(was);
    return taken > 0;
}

static void notify(struct console_sink *sink)
{
    const arch_irq_t was = arch_irq_save();

    if (sink->is_dirty && sink->notify != NULL) {
        sink->notify(sink);
    }
    sink->is_dirty = false;
    arch_irq_restore(was);
}

void console_pump(void)
{
    /* Two rings' worth bound the loop against an interrupt that keeps printing. */
    for (struct console_sink *sink = sinks; sink != NULL; sink = sink->next) {
        for (unsigned int i = 0; i < 2 * RING_BYTES / FEED_BYTES && feed(sink); i++) {
        }
        notify(sink);
    }
}

/* ---- into the ring ---- */

static void append(struct piece *piece)
{
    size_t place;
    size_t until_end;
    arch_irq_t was;

    if (CFG_CONSOLE_BLOCK_MS != 0 && OSMayWait()) {
        wait_for_room(piece);
    }
    was = arch_irq_save();
    place = written % RING_BYTES;
    until_end = at_most(piece->len, RING_BYTES - place);
    memcpy(&ring[place], piece->text, until_end);
    memcpy(ring, &piece->text[until_end], piece->len - until_end);
    written += piece->len;
    arch_irq_restore(was);
    piece->len = 0;
}

static void put(void *ctx, char c)
{
    struct piece *const piece = ctx;

    piece->text[piece->len++] = c;
    if (piece->len == PIECE_BYTES) {
        append(piece);
    }
}

void vprintk(const char *fmt, va_list args)
{
    struct piece piece = {.begin = CFG_CONSOLE_BLOCK_MS != 0 ? arch_timer_count() : 0, .len = 0};

    fmt_vprint(put, &piece, fmt, args);
    append(&piece);
    console_pump();
}

void printk(const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    vprintk(fmt, args);
    va_end(args);
}

void console_begin_line(void)
{
    if (written != 0 && ring[(written - 1) % RING_BYTES] != '\n') {
        printk("\n");
    }
}

/* ---- the sinks ---- */

void console_add(struct console_sink *sink)
{
    sink->position = 0; /* what the ring has lost by now is lost for this sink, too: skip_lost() */
    sink->lost_bytes = 0;
    sink->told_bytes = 0;
    sink->note_at = 0;
    sink->is_given_up = false;
    sink->next = sinks;
    sinks = sink;
    console_pump();
}

struct console_sink *console_uart(void)
{
    struct console_sink *sink = sinks;

    while (sink != NULL && !sink->is_uart) {
        sink = sink->next;
    }
    return sink;
}

bool console_stats(unsigned int which, struct console_stats *stats)
{
    const struct console_sink *sink = sinks;

    while (sink != NULL && which-- > 0) {
        sink = sink->next;
    }
    if (sink != NULL) {
        *stats = (struct console_stats){.name = sink->name, .lost_bytes = sink->lost_bytes};
    }
    return sink != NULL;
}

static bool all_taken(void)
{
    for (const struct console_sink *sink = sinks; sink != NULL; sink = sink->next) {
        if (sink->position != written) {
            return false;
        }
    }
    return true;
}

bool console_drain(uint32_t timeout_ms)
{
    const uint64_t wait = counts_of(timeout_ms);
    const uint64_t begin = arch_timer_count();

    do {
        console_pump();
        if (all_taken()) {
            return true;
        }
    } while (arch_timer_count() - begin < wait);
    return false;
}
