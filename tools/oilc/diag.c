/* SPDX-License-Identifier: Apache-2.0
 *
 * Messages, and guesses at what a misspelt name should be.
 */
#define _POSIX_C_SOURCE 200809L
#include <ctype.h>
#include <stdarg.h>
#include <string.h>

#include "diag.h"

enum { SHOWN = 160, NAME_LIMIT = 64 };

static const struct source *source_of(const struct oilc *oilc, const char *path)
{
    const struct source *source = oilc->sources;

    while (source && source->path != path) {
        source = source->next;
    }
    return source;
}

/* Text of others may hold anything; a terminal should not. */
static void put_safely(FILE *out, unsigned char c)
{
    if (c == '\t' || (c >= 0x20 && c != 0x7f)) {
        fputc(c, out);
    } else {
        fputc('?', out);
    }
}

static const char *line_start(const struct source *source, unsigned int line, const char *end)
{
    const char *start = source->text;

    while (--line && start) {
        start = memchr(start, '\n', (size_t)(end - start));
        start = start ? start + 1 : NULL;
    }
    return start;
}

/* The line, or a part of a very long one, and a caret below the column. */
static void show_line(const struct oilc *oilc, struct place place)
{
    const struct source *source = source_of(oilc, place.file);
    const char *end, *start, *from;

    if (!source || place.line == 0) {
        return;
    }
    end = source->text + source->length;
    start = line_start(source, place.line, end);
    if (!start || place.column == 0 || (size_t)(end - start) + 1 < place.column) {
        return;
    }
    from = place.column > SHOWN ? start + place.column - SHOWN / 2 : start;
    fputc(' ', oilc->messages);
    for (const char *c = from; c < end && *c != '\n' && *c != '\r' && c < from + SHOWN; c++) {
        put_safely(oilc->messages, (unsigned char)*c);
    }
    fputs("\n ", oilc->messages);
    for (const char *c = from; c < start + place.column - 1; c++) {
        if (((unsigned char)*c & 0xc0) != 0x80) { /* one blank for all bytes of a character */
            fputc(*c == '\t' ? '\t' : ' ', oilc->messages);
        }
    }
    fputs("^\n", oilc->messages);
}

static void message(struct oilc *oilc, struct place place, const char *severity, const char *format,
                    va_list args)
{
    char text[1024];

    vsnprintf(text, sizeof(text), format, args);
    if (place.line != 0) {
        fprintf(oilc->messages, "%s:%u:%u: %s: ", place.file, place.line, place.column, severity);
    } else {
        fprintf(oilc->messages, "%s: %s: ", place.file ? place.file : "oilc", severity);
    }
    for (const char *c = text; *c; c++) {
        put_safely(oilc->messages, (unsigned char)*c);
    }
    fputc('\n', oilc->messages);
    show_line(oilc, place);
}

void error_at(struct oilc *oilc, struct place place, const char *format, ...)
{
    va_list args;

    if (oilc->error_count++ >= ERROR_LIMIT) {
        if (!oilc->gave_up) {
            fprintf(oilc->messages, "oilc: more than %d errors, the rest is not shown\n",
                    ERROR_LIMIT);
        }
        oilc->gave_up = true;
        return;
    }
    va_start(args, format);
    message(oilc, place, "error", format, args);
    va_end(args);
}

void warn_at(struct oilc *oilc, struct place place, const char *format, ...)
{
    va_list args;

    if (oilc->gave_up || ++oilc->warning_count > WARNING_LIMIT + 1) {
        return;
    }
    if (oilc->warning_count > WARNING_LIMIT) {
        fprintf(oilc->messages, "oilc: more than %d warnings, the rest is not shown\n",
                WARNING_LIMIT);
        return;
    }
    va_start(args, format);
    message(oilc, place, "warning", format, args);
    va_end(args);
}

void note_at(struct oilc *oilc, struct place place, const char *format, ...)
{
    va_list args;

    if (oilc->gave_up) {
        return;
    }
    va_start(args, format);
    message(oilc, place, "note", format, args);
    va_end(args);
}

static unsigned int least(unsigned int a, unsigned int b)
{
    return a < b ? a : b;
}

/* How many letters must be put in, left out or exchanged; case counts for nothing. Long names are
 * compared by their beginnings. */
static unsigned int distance(const char *a, const char *b)
{
    const unsigned int rows = (unsigned int)strnlen(a, NAME_LIMIT);
    const unsigned int columns = (unsigned int)strnlen(b, NAME_LIMIT);
    unsigned int row[NAME_LIMIT + 1];

    for (unsigned int j = 0; j <= columns; j++) {
        row[j] = j;
    }
    for (unsigned int i = 1; i <= rows; i++) {
        unsigned int diagonal = row[0];

        row[0] = i;
        for (unsigned int j = 1; j <= columns; j++) {
            const bool same = toupper((unsigned char)a[i - 1]) == toupper((unsigned char)b[j - 1]);
            const unsigned int exchanged = diagonal + !same;

            diagonal = row[j];
            row[j] = least(exchanged, least(row[j], row[j - 1]) + 1);
        }
    }
    return row[columns];
}

void guess_offer(struct guess *guess, const char *name)
{
    const unsigned int far = distance(guess->wrong, name);

    if (far <= 1 + strlen(guess->wrong) / 4 && far < strlen(name) &&
        (!guess->best || far < guess->distance)) {
        guess->best = name;
        guess->distance = far;
    }
}

const char *guess_text(struct oilc *oilc, const struct guess *guess)
{
    return guess->best ? arena_print(&oilc->arena, "; did you mean `%s`?", guess->best) : "";
}
