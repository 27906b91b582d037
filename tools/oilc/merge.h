/* SPDX-License-Identifier: Apache-2.0
 *
 * Finding objects, once those of the same name are merged.
 */
#ifndef OILC_MERGE_H
#define OILC_MERGE_H

#include "oilc.h"

/** NULL: there is none. */
struct definition *definition_find(struct oilc *oilc, const char *kind, const char *name);

#endif
