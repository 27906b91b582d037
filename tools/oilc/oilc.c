/* SPDX-License-Identifier: Apache-2.0
 *
 * The steps of a compilation in their order.
 */
#include <string.h>

#include "diag.h"
#include "file.h"
#include "include.h"

void oilc_begin(struct oilc *oilc, FILE *messages)
{
    *oilc = (struct oilc){.messages = messages};
    oilc->names.arena = &oilc->arena;
    oilc->objects.arena = &oilc->arena;
    oilc->definitions_end = &oilc->definitions;
}

void oilc_end(struct oilc *oilc)
{
    arena_free(&oilc->arena);
}

const char *oilc_name(struct oilc *oilc, const char *text, size_t length)
{
    return table_entry(&oilc->names, text, length)->key;
}

bool parse_file(struct oilc *oilc, const char *path)
{
    struct file_text file;
    const char *problem = file_read(&oilc->arena, path, &file);

    if (problem) {
        fprintf(oilc->messages, "oilc: error: %s: %s\n", path, problem);
        return false;
    }
    scan_and_parse(oilc, source_open(oilc, path, file.text, file.length));
    return true;
}

struct model *oilc_compile(struct oilc *oilc, const char *path)
{
    struct model *model = NULL;

    parse_standard(oilc);
    if (!parse_file(oilc, path)) {
        oilc->file_problem = true;
        return NULL;
    }
    /* Errors that only follow from others are not worth a message, so each step waits for the one
     * before to have none. */
    if (oilc->error_count == 0) {
        merge(oilc);
        conform(oilc);
        check_names(oilc);
    }
    if (oilc->error_count == 0) {
        model = build(oilc, path);
    }
    return oilc->error_count == 0 ? model : NULL;
}
