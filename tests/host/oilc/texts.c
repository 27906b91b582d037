/* SPDX-License-Identifier: Apache-2.0
 *
 * In the place of tools/oilc/file.c: file_read() finds its files in one text.
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "texts.h"
#include "tools/oilc/file.h"

static struct {
    const char *text;
    size_t length;
} files[10];

const char *file_read(struct arena *arena, const char *path, struct file_text *file)
{
    const unsigned int digit = (unsigned char)path[0] - '0';

    *file = (struct file_text){.missing = digit > 9 || path[1] || !files[digit].text};
    if (file->missing)
        return "No such file";
    file->text = arena_text(arena, files[digit].text, files[digit].length);
    file->length = files[digit].length;
    return NULL;
}

static void divide(const char *text, size_t length)
{
    const char *end = text + length;

    memset(files, 0, sizeof(files));
    for (unsigned int i = 0; i < 10 && text; i++) {
        const char *next = text < end ? memchr(text, 0xff, (size_t)(end - text)) : NULL;

        files[i].text = text;
        files[i].length = (size_t)((next ? next : end) - text);
        text = next ? next + 1 : NULL;
    }
}

struct outputs {
    char *oil, *all; /* --print's; that and the three files */
};

static char *print(const struct model *model, void (*const *writers)(const struct model *, FILE *))
{
    char *text = NULL;
    size_t length;
    FILE *stream = open_memstream(&text, &length);

    if (!stream)
        abort();
    while (*writers)
        (*writers++)(model, stream);
    fclose(stream);
    return text;
}

/* @return the number of errors; 0: outputs are there and must be freed */
static unsigned int compile(FILE *messages, struct outputs *outputs)
{
    static void (*const one[])(const struct model *, FILE *) = {write_oil, NULL};
    static void (*const all[])(const struct model *, FILE *) = {write_oil, write_header,
                                                                write_tables, write_orti, NULL};
    struct oilc oilc;
    struct model *model;
    unsigned int errors;

    oilc_begin(&oilc, messages);
    model = oilc_compile(&oilc, "0");
    errors = oilc.error_count;
    if (!model != (errors != 0)) {
        fprintf(stderr, "%u errors, but %s model\n", errors, model ? "a" : "no");
        abort();
    }
    if (model) {
        outputs->oil = print(model, one);
        outputs->all = print(model, all);
    }
    oilc_end(&oilc);
    return errors;
}

static void check_again(FILE *messages, const struct outputs *first)
{
    struct outputs again;

    divide(first->oil, strlen(first->oil));
    if (compile(messages, &again) != 0) {
        fprintf(stderr, "--print is not accepted:\n%s\n", first->oil);
        abort();
    }
    if (strcmp(first->all, again.all) != 0) {
        fprintf(stderr, "--print means something else:\n%s\n%s\n", first->all, again.all);
        abort();
    }
    free(again.oil);
    free(again.all);
}

unsigned int texts_try(const uint8_t *text, size_t length)
{
    struct outputs outputs;
    char *said = NULL;
    size_t said_length;
    FILE *messages = open_memstream(&said, &said_length);
    unsigned int errors;

    if (!messages)
        abort();
    divide((const char *)text, length);
    errors = compile(messages, &outputs);
    fflush(messages);
    if ((errors != 0) != (strstr(said, "error: ") != NULL)) {
        fprintf(stderr, "%u errors, but the messages are:\n%s\n", errors, said);
        abort();
    }
    if (errors == 0) {
        check_again(messages, &outputs);
        free(outputs.oil);
        free(outputs.all);
    }
    fclose(messages);
    free(said);
    return errors;
}
