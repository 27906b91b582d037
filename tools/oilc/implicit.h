/* SPDX-License-Identifier: Apache-2.0
 *
 * Objects that exist although nobody wrote them: the system counter and RES_SCHEDULER where they
 * are named, and the default application mode.
 */
#ifndef OILC_IMPLICIT_H
#define OILC_IMPLICIT_H

#include "diag.h"

void implicit_begin(struct oilc *oilc);

/** The object that a reference means. NULL: there is none */
struct definition *implicit_object(struct oilc *oilc, const char *kind,
                                   const struct attribute *reference);

/** Offer the names of such objects. */
void implicit_offer(struct guess *guess, const char *kind);

#endif
