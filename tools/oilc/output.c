/* SPDX-License-Identifier: Apache-2.0
 *
 * Each file is printed into memory, compared with what is there, written beside it under another
 * name and then renamed.
 */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "output.h"

struct output {
    const char *name;
    void (*print)(const struct model *model, FILE *out);
    char *path, *temporary; /* temporary: NULL = the file is the same already */
    char *text;
    size_t length;
};

static bool complain(struct oilc *oilc, const char *path)
{
    fprintf(oilc->messages, "oilc: error: %s: %s\n", path, strerror(errno));
    return false;
}

/* The folder and those above it. */
static bool make_folder(struct oilc *oilc, const char *folder)
{
    char *path = arena_text(&oilc->arena, folder, strlen(folder));

    for (char *c = path + 1; *path; c++) {
        const char was = *c;

        if (was && was != '/') {
            continue;
        }
        *c = 0;
        if (mkdir(path, 0777) != 0 && errno != EEXIST) {
            return complain(oilc, path);
        }
        *c = was;
        if (!was) {
            break;
        }
    }
    return true;
}

static bool is_same(struct oilc *oilc, const struct output *output)
{
    struct file_text old;

    return !file_read(&oilc->arena, output->path, &old) && old.length == output->length &&
           memcmp(old.text, output->text, old.length) == 0;
}

static bool write_temporary(struct oilc *oilc, struct output *output)
{
    FILE *stream;
    bool good;

    if (is_same(oilc, output)) {
        return true;
    }
    output->temporary =
        arena_print(&oilc->arena, "%s.%ld.tmp", output->path, (long)getpid());
    stream = fopen(output->temporary, "wb");
    if (!stream) {
        return complain(oilc, output->temporary);
    }
    good = fwrite(output->text, 1, output->length, stream) == output->length;
    good &= fclose(stream) == 0;
    return good || complain(oilc, output->temporary);
}

static bool publish(struct oilc *oilc, struct output *outputs, size_t count)
{
    bool good = true;

    for (size_t i = 0; i < count && good; i++) {
        good = write_temporary(oilc, &outputs[i]);
    }
    for (size_t i = 0; i < count && good; i++) {
        if (outputs[i].temporary && rename(outputs[i].temporary, outputs[i].path) != 0) {
            good = complain(oilc, outputs[i].path);
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (outputs[i].temporary) {
            (void)unlink(outputs[i].temporary); /* what an error left */
        }
    }
    return good;
}

/* open_memstream() rather than a file: what is printed is compared before it is written. */
static void print(struct oilc *oilc, const struct model *model, struct output *output)
{
    char *text = NULL;
    FILE *stream = open_memstream(&text, &output->length);

    if (!stream) {
        abort();
    }
    output->print(model, stream);
    fclose(stream);
    output->text = arena_text(&oilc->arena, text, output->length);
    free(text);
}

bool output_configuration(struct oilc *oilc, const struct model *model, const char *folder)
{
    struct output outputs[] = {
        {.name = "os_cfg.h", .print = write_header},
        {.name = "os_cfg.c", .print = write_tables},
        {.name = "os_cfg.orti", .print = write_orti},
    };
    const size_t count = sizeof(outputs) / sizeof(*outputs);

    if (!make_folder(oilc, folder)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        outputs[i].path = arena_print(&oilc->arena, "%s/%s", folder, outputs[i].name);
        print(oilc, model, &outputs[i]);
    }
    return publish(oilc, outputs, count);
}

/* make takes blanks and some signs for its own. */
static void put_escaped(FILE *out, const char *path)
{
    for (; *path; path++) {
        if (*path == ' ' || *path == '#') {
            fputc('\\', out);
        } else if (*path == '$') {
            fputc('$', out);
        }
        fputc(*path, out);
    }
}

static bool is_real(const struct source *source)
{
    return source->next; /* the last is our own section, inside the program */
}

static void print_rule(struct oilc *oilc, FILE *out, const char *path)
{
    const size_t length = strlen(path);
    const bool suffix = length > 2 && strcmp(&path[length - 2], ".d") == 0;

    put_escaped(out, arena_text(&oilc->arena, path, suffix ? length - 2 : length));
    fputc(':', out);
    for (const struct source *s = oilc->sources; is_real(s); s = s->next) {
        fputc(' ', out);
        put_escaped(out, s->path);
    }
    fputc('\n', out);
    for (const struct source *s = oilc->sources; is_real(s); s = s->next) {
        put_escaped(out, s->path); /* a file that is gone must not stop make */
        fputs(":\n", out);
    }
}

bool output_dependencies(struct oilc *oilc, const char *path)
{
    struct output output = {.path = arena_text(&oilc->arena, path, strlen(path))};
    char *text = NULL;
    FILE *stream = open_memstream(&text, &output.length);

    if (!stream) {
        abort();
    }
    print_rule(oilc, stream, path);
    fclose(stream);
    output.text = arena_text(&oilc->arena, text, output.length);
    free(text);
    return publish(oilc, &output, 1);
}
