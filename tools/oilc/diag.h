/* SPDX-License-Identifier: Apache-2.0
 *
 * Messages: FILE:LINE:COLUMN: error: TEXT, then the line and a caret below the column.
 */
#ifndef OILC_DIAG_H
#define OILC_DIAG_H

#include "oilc.h"

enum { ERROR_LIMIT = 50, WARNING_LIMIT = 50 };

#define PRINTS(text, arguments) __attribute__((format(printf, text, arguments)))

/** An error, counted. After ERROR_LIMIT of them no more is printed and oilc->gave_up is set. */
PRINTS(3, 4) void error_at(struct oilc *oilc, struct place place, const char *format, ...);

/** A warning: the text is accepted, but perhaps not as it was meant. No more than WARNING_LIMIT. */
PRINTS(3, 4) void warn_at(struct oilc *oilc, struct place place, const char *format, ...);

/** More about the message before, or something worth knowing. */
PRINTS(3, 4) void note_at(struct oilc *oilc, struct place place, const char *format, ...);

/** ", did you mean `x`?" if one of the names that the caller offers is near; "" if none is.
 *  Begin with NULL for *best, then offer each. */
struct guess {
    const char *wrong;
    const char *best;
    unsigned int distance;
};
void guess_offer(struct guess *guess, const char *name);
const char *guess_text(struct oilc *oilc, const struct guess *guess);

#endif
