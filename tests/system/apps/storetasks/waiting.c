/* SPDX-License-Identifier: Apache-2.0
 *
 * Calls that wait: see waiting.h.
 */
#include "tests/system/apps/storetasks/waiting.h"

#include <stdarg.h>

#include "fmt.h"
#include "kernel/os.h"

int wait_read(struct xs_request *req, const char *path, char *buf, size_t size)
{
    (void)xs_read(req, path, buf, size, xs_set_event);
    return xs_wait_event(req);
}

int wait_write(struct xs_request *req, const char *path, const char *value, size_t len)
{
    (void)xs_write(req, path, value, len, xs_set_event);
    return xs_wait_event(req);
}

void wait_ms(unsigned int ms)
{
    (void)SetRelAlarm(PauseAlarm, ms, 0);
    (void)WaitEvent(PauseEvent);
    (void)ClearEvent(PauseEvent);
}

struct text {
    char *buf;
    size_t size;
    size_t len;
};

static void add(void *ctx, char c)
{
    struct text *text = ctx;

    if (text->len + 1 < text->size)
        text->buf[text->len++] = c;
}

size_t format(char *buf, size_t size, const char *fmt, ...)
{
    struct text text = {.buf = buf, .size = size};
    va_list args;

    va_start(args, fmt);
    (void)fmt_vprint(add, &text, fmt, args);
    va_end(args);
    buf[text.len] = 0;
    return text.len;
}

uint32_t number(const char **text)
{
    uint32_t value = 0;

    for (; **text >= '0' && **text <= '9'; (*text)++)
        value = value * 10 + (uint32_t)(**text - '0');
    *text += **text == ' ';
    return value;
}
