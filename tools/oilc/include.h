/* SPDX-License-Identifier: Apache-2.0
 *
 * Which texts are read, one inside the other.
 */
#ifndef OILC_INCLUDE_H
#define OILC_INCLUDE_H

#include "oilc.h"

/** Make a text the current one. */
struct source *source_open(struct oilc *oilc, const char *path, const char *text, size_t length);

/** Follow an #include directive. @return NULL: an error was printed, go on behind the directive */
struct source *include_open(struct oilc *oilc, const char *directive, struct place place);

/** The end of the current text. @return false: nobody included it */
bool include_close(struct oilc *oilc);

/** In lex.l: parse the current text. */
void scan_and_parse(struct oilc *oilc, const struct source *source);

#endif
