/* SPDX-License-Identifier: Apache-2.0
 *
 * Finding objects, once those of the same name are merged.
 */
#ifndef OILC_MERGE_H
#define OILC_MERGE_H

#include "oilc.h"

/** Put a list behind another, whose end is remembered (NULL at first). */
void attributes_append(struct attribute **list, struct attribute ***end, struct attribute *more);

/** NULL: there is none. */
struct definition *definition_find(struct oilc *oilc, const char *kind, const char *name);

#endif
