/* SPDX-License-Identifier: Apache-2.0
 *
 * "name" is looked for beside the file that includes it, then in the folders of -I; <name> the
 * other way round.
 */
#include <string.h>

#include "diag.h"
#include "file.h"
#include "include.h"

struct source *source_open(struct oilc *oilc, const char *path, const char *text, size_t length)
{
    struct source *source = arena_alloc(&oilc->arena, sizeof(*source));
    const char *zero;

    source->path = path;
    source->text = text;
    source->length = length;
    source->at = (struct place){.file = path, .line = 1, .column = 1};
    source->includer = oilc->current;
    source->next = oilc->sources;
    oilc->sources = source;
    oilc->source_count++;
    oilc->current = source;
    zero = length ? memchr(text, 0, length) : NULL;
    if (zero) {
        error_at(oilc, (struct place){.file = path}, "byte %zu is zero: this is not a text file",
                 (size_t)(zero - text));
        source->length = 0;
    }
    return source;
}

bool include_close(struct oilc *oilc)
{
    if (!oilc->current->includer) {
        return false;
    }
    oilc->current = oilc->current->includer;
    return true;
}

/* "a includes b includes a" */
static const char *chain(struct oilc *oilc, const char *path)
{
    const char *text = path;

    for (const struct source *s = oilc->current; s; s = s->includer) {
        text = arena_print(&oilc->arena, "%s includes %s", s->path, text);
        if (strcmp(s->path, path) == 0) {
            break;
        }
    }
    return text;
}

static bool may_enter(struct oilc *oilc, const char *path, struct place place)
{
    unsigned int depth = 0;

    for (const struct source *s = oilc->current; s; s = s->includer, depth++) {
        if (strcmp(s->path, path) == 0) {
            error_at(oilc, place, "this never ends: %s", chain(oilc, path));
            return false;
        }
    }
    if (oilc->source_count >= SOURCE_LIMIT) {
        error_at(oilc, place, "more than %d files are included", SOURCE_LIMIT);
        return false;
    }
    if (depth >= INCLUDE_LIMIT) {
        error_at(oilc, place, "more than %d files one inside the other: %s", INCLUDE_LIMIT,
                 chain(oilc, path));
        return false;
    }
    return true;
}

static const char *beside(struct oilc *oilc, const char *name)
{
    const char *path = oilc->current->path;
    const char *slash = strrchr(path, '/');

    if (!slash || name[0] == '/') {
        return name;
    }
    return arena_print(&oilc->arena, "%.*s/%s", (int)(slash - path), path, name);
}

/* Try one path; the words of a file that exists but cannot be read count more than "missing". */
static bool try(struct oilc *oilc, const char *path, struct file_text *file, const char **problem)
{
    const char *words = file_read(&oilc->arena, path, file);

    if (words && (!file->missing || !*problem)) {
        *problem = arena_print(&oilc->arena, "%s: %s", path, words);
    }
    return !words;
}

static const char *find(struct oilc *oilc, const char *name, bool beside_first,
                        struct file_text *file, const char **problem)
{
    const char *near = beside(oilc, name);

    if (beside_first && try(oilc, near, file, problem)) {
        return near;
    }
    for (const struct folder *f = oilc->include_folders; f; f = f->next) {
        const char *path = arena_print(&oilc->arena, "%s/%s", f->path, name);

        if (try(oilc, path, file, problem)) {
            return path;
        }
    }
    return !beside_first && try(oilc, near, file, problem) ? near : NULL;
}

struct source *include_open(struct oilc *oilc, const char *directive, struct place place)
{
    const char *open = strpbrk(directive, "\"<");
    const char *name = arena_text(&oilc->arena, open + 1, strlen(open) - 2);
    const char *problem = NULL, *path;
    struct file_text file;

    path = find(oilc, name, *open == '"', &file, &problem);
    if (!path) {
        error_at(oilc, place, "cannot include %s", problem);
        return NULL;
    }
    if (!may_enter(oilc, path, place)) {
        return NULL;
    }
    return source_open(oilc, path, file.text, file.length);
}
