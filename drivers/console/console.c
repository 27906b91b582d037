/* SPDX-License-Identifier: Apache-2.0
 *
 * The text ring and its readers (console.h). Positions are free-running; a byte's place is position modulo size.
 */
#include "console.h"

#include "fmt.h"
#include "kernel/arch.h"

#define RING_BYTES  4096u /* power of two; holds a boot banner and more until a console is up */
#define PIECE_BYTES 64u   /* what is moved with interrupts masked at a time */

static char ring[RING_BYTES];
static uint32_t written;
static struct console_sink *sinks;

struct piece {
    char text[PIECE_BYTES];
    uint32_t len;
};

static void append(struct piece *piece)
{
    const arch_irq_t was = arch_irq_save();

    for (uint32_t i = 0; i < piece->len; i++) {
        ring[written++ % RING_BYTES] = piece->text[i];
    }
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

/* What was overwritten before the sink read it is lost for this sink. */
static void skip_lost(struct console_sink *sink)
{
    const uint32_t behind = written - sink->position;

    if (behind > RING_BYTES) {
        sink->lost_bytes += behind - RING_BYTES;
        sink->position = written - RING_BYTES;
    }
}

/* Offer the next piece. @return false: nothing left, or the sink is full. */
static bool feed(struct console_sink *sink)
{
    const arch_irq_t was = arch_irq_save();
    size_t len;
    size_t taken = 0;

    skip_lost(sink);
    len = written - sink->position;
    if (len > PIECE_BYTES) {
        len = PIECE_BYTES;
    }
    if (len > RING_BYTES - sink->position % RING_BYTES) {
        len = RING_BYTES - sink->position % RING_BYTES;
    }
    if (len > 0) {
        taken = sink->write(&ring[sink->position % RING_BYTES], len);
        sink->position += (uint32_t)taken;
    }
    arch_irq_restore(was);
    return taken > 0;
}

void vprintk(const char *fmt, va_list args)
{
    struct piece piece = {.len = 0};

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

void console_add(struct console_sink *sink)
{
    sink->position = 0; /* what the ring has lost by now is lost for this sink, too: skip_lost() */
    sink->lost_bytes = 0;
    sink->next = sinks;
    sinks = sink;
    console_pump();
}

void console_pump(void)
{
    /* Two rings' worth of pieces bound the loop against an interrupt that keeps printing. */
    for (struct console_sink *sink = sinks; sink != NULL; sink = sink->next) {
        for (unsigned int i = 0; i < 2 * RING_BYTES / PIECE_BYTES && feed(sink); i++) {
        }
    }
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
    const uint64_t wait = (uint64_t)arch_timer_hz() * timeout_ms / 1000;
    const uint64_t begin = arch_timer_count();

    do {
        console_pump();
        if (all_taken()) {
            return true;
        }
    } while (arch_timer_count() - begin < wait);
    return false;
}
