/* SPDX-License-Identifier: Apache-2.0
 *
 * What is typed, on its way from a sink to the application: one buffer, whoever empties it.
 */
#include "console_config.h"
#include "kernel/arch.h"
#include "ring.h"
#include "sinks.h"

#define INPUT_BYTES 1024u /* power of two; what a PV console's ring can bring at once */
#define PIECE_BYTES 64u

static char buffer[INPUT_BYTES];
static uint32_t written; /* free-running, by interrupts that do not interrupt each other */
static uint32_t taken;   /* free-running, by who hands the text on */
static uint32_t lost;
static void (*application)(const char *text, size_t len);
static bool is_task_wanted; /* and will look: no activation is needed */

void console_on_input(void (*input)(const char *text, size_t len))
{
    __atomic_store_n(&application, input, __ATOMIC_RELEASE);
}

uint32_t console_input_lost(void)
{
    return lost;
}

/* What does not fit is lost: who types faster than his screen shows does not need the rest. */
static void echo(struct console_sink *typed_at, const char *text, size_t len)
{
    struct console_sink *const sink = CFG_CONSOLE_ECHO_UART ? console_uart() : typed_at;
    const arch_irq_t was = arch_irq_save(); /* a higher interrupt may print meanwhile */

    for (size_t i = 0; i < len && sink != NULL; i++) {
        (void)console_offer(sink, text[i] == '\r' ? "\n" : &text[i], 1);
    }
    arch_irq_restore(was);
}

static void keep(const char *text, size_t len)
{
    const uint32_t room =
        ring_free(written, __atomic_load_n(&taken, __ATOMIC_RELAXED), INPUT_BYTES);
    const uint32_t fits = len < room ? (uint32_t)len : room;

    ring_copy_in(buffer, INPUT_BYTES, written, text, fits);
    lost += (uint32_t)len - fits;
    __atomic_store_n(&written, written + fits, __ATOMIC_RELEASE); /* the text before it */
}

/* No more than the buffer can hold. What is left makes its sink interrupt again. */
static void receive(struct console_sink *sink)
{
    char text[PIECE_BYTES];
    size_t len = 1;

    for (size_t left = INPUT_BYTES; len > 0 && left > 0; left -= len) {
        len = sink->read(sink, text, left < sizeof(text) ? left : sizeof(text));
        if (CFG_CONSOLE_ECHO) {
            echo(sink, text, len);
        }
        keep(text, len);
        sink->is_dirty |= len > 0;
    }
}

/* Only those who have the text taken away make room, so what is there stays while the application looks at it. */
static void hand_on(void)
{
    uint32_t end;

    while ((end = __atomic_load_n(&written, __ATOMIC_ACQUIRE)) != taken) {
        void (*const input)(const char *, size_t) = __atomic_load_n(&application, __ATOMIC_ACQUIRE);
        const uint32_t run = ring_run(taken, INPUT_BYTES);
        const uint32_t len = end - taken < run ? end - taken : run;

        if (input != NULL) {
            input(&buffer[ring_offset(taken, INPUT_BYTES)], len);
        }
        __atomic_store_n(&taken, taken + len, __ATOMIC_RELEASE); /* behind all looks at the text */
    }
}

void console_serve_input(void)
{
    is_task_wanted = false; /* first: what comes from here on may come behind the last look */
    hand_on();
}

/* Wanted once more while it runs, never twice: ActivateTask() cannot fail. */
static void want_task(void)
{
    if (written != taken && !is_task_wanted) {
        is_task_wanted = ActivateTask(CFG_CONSOLE_TASK) == E_OK;
    }
}

void console_interrupt(struct console_sink *sink)
{
    receive(sink);
    if (CFG_HAS_CONSOLE_TASK) {
        want_task();
    } else {
        hand_on();
    }
    console_pump();
}
