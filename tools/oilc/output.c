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
    const char *path;
    char *temporary; /* NULL: the file is the same already */
    char *text;      /* of the C library, until publish() has seen it */
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

/* open_memstream() rather than a file: what is printed is compared before it is written. */
static FILE *begin(struct output *output)
{
    FILE *stream = open_memstream(&output->text, &output->length);

    return stream ? stream : arena_exhausted();
}

static void end(FILE *stream)
{
    const bool failed = ferror(stream);

    if (fclose(stream) != 0 || failed) {
        arena_exhausted();
    }
}

/* @return false: what is there is no file that could be replaced */
static bool compare(struct oilc *oilc, const struct output *output, bool *same)
{
    struct file_text old;
    struct stat status;

    *same = !file_read(&oilc->arena, output->path, &old) && old.length == output->length &&
            memcmp(old.text, output->text, old.length) == 0;
    if (stat(output->path, &status) == 0 && !S_ISREG(status.st_mode)) {
        fprintf(oilc->messages, "oilc: error: %s: is there and is no file\n", output->path);
        return false;
    }
    return true;
}

static bool write_temporary(struct oilc *oilc, struct output *output)
{
    FILE *stream;
    bool good, same;

    if (!compare(oilc, output, &same) || same) {
        return same;
    }
    output->temporary = arena_print(&oilc->arena, "%s.%ld.tmp", output->path, (long)getpid());
    stream = fopen(output->temporary, "wb");
    if (!stream) {
        return complain(oilc, output->path);
    }
    good = fwrite(output->text, 1, output->length, stream) == output->length;
    good &= fclose(stream) == 0;
    return good || complain(oilc, output->path);
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
        free(outputs[i].text);
    }
    return good;
}

static struct output print(struct oilc *oilc, const struct model *model, const char *folder,
                           const char *name, void writer(const struct model *, FILE *))
{
    struct output output = {.path = arena_print(&oilc->arena, "%s/%s", folder, name)};
    FILE *stream = begin(&output);

    writer(model, stream);
    end(stream);
    return output;
}

bool output_configuration(struct oilc *oilc, const struct model *model, const char *folder)
{
    if (!make_folder(oilc, folder)) {
        return false;
    }
    struct output outputs[] = {
        print(oilc, model, folder, "os_cfg.h", write_header),
        print(oilc, model, folder, "os_cfg.c", write_tables),
        print(oilc, model, folder, "os_cfg.orti", write_orti),
    };

    return publish(oilc, outputs, sizeof(outputs) / sizeof(*outputs));
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
    struct output output = {.path = path};
    FILE *stream = begin(&output);

    print_rule(oilc, stream, path);
    end(stream);
    return publish(oilc, &output, 1);
}
