/* SPDX-License-Identifier: Apache-2.0
 *
 * One compilation: its memory, its files, its messages, and what is known so far. The steps, in
 * their order, each in the file of its name:
 *   parse      text -> definitions and kinds (lex.l, parse.y)
 *   merge      definitions of the same name become one
 *   conform    attributes against the rules of their kind; defaults, references
 *   names      names of objects against C's and the system's
 *   build      definitions -> struct model; checks that need meaning
 *   write_*    struct model -> files
 */
#ifndef OILC_OILC_H
#define OILC_OILC_H

#include <stdio.h>

#include "arena.h"
#include "table.h"
#include "tree.h"

enum {
    NAME_LIMIT_BYTES = 120,
    NESTING_LIMIT = 32,
    INCLUDE_LIMIT = 16,
    SOURCE_LIMIT = 1000,
    RULE_LIMIT = 5000
};

/** A file that is or was read. */
struct source {
    struct source *next;     /* the one read before */
    struct source *includer; /* NULL: the command line */
    const char *path;
    const char *text;
    size_t length;
    struct place at; /* where reading is: the next character */
};

struct folder {
    struct folder *next;
    const char *path;
};

struct oilc {
    struct arena arena;
    struct table names;
    FILE *messages;
    bool strict; /* unknown attributes are errors */
    struct folder *include_folders;

    struct source *sources; /* all that were opened, the newest first */
    unsigned int source_count;
    struct source *current;
    struct place open[NESTING_LIMIT]; /* where the blocks begin that are open at this moment */
    unsigned int nesting;             /* how many these are */
    struct place word_end;            /* behind the word that the parser looks at */
    struct place word_before;         /* behind the one before that */
    struct place comment;             /* the one that is open */
    struct long_string { /* the last string of several lines: perhaps a quote is missing */
        struct place begin, end;
    } long_string;
    bool in_standard;         /* reading our own IMPLEMENTATION section */
    bool after_block_is_told; /* that `;` is missing */

    unsigned int rule_count; /* attributes, values and kinds that sections declare */
    struct kind *kinds;      /* of all IMPLEMENTATION sections, ours first */
    struct definition *definitions, **definitions_end;
    struct table objects; /* "KIND NAME" -> struct definition */

    unsigned int error_count, warning_count;
    bool gave_up;
    bool file_problem; /* the file cannot be read: it says nothing, right or wrong */
};

void oilc_begin(struct oilc *oilc, FILE *messages);
void oilc_end(struct oilc *oilc);

/**
 * All steps but writing.
 * @return the model, valid until oilc_end(); NULL: there were errors, all printed
 */
struct model *oilc_compile(struct oilc *oilc, const char *path);

/** A name, stored once. */
const char *oilc_name(struct oilc *oilc, const char *text, size_t length);

/* The steps. Errors are printed and counted; each leaves a state that the next can work on. */
bool parse_file(struct oilc *oilc, const char *path); /* false: cannot be read */
void parse_standard(struct oilc *oilc);
void merge(struct oilc *oilc);
void conform(struct oilc *oilc);
void check_names(struct oilc *oilc);
struct model *build(struct oilc *oilc, const char *path); /* NULL: after some of its errors */

#endif
