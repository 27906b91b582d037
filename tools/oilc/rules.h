/* SPDX-License-Identifier: Apache-2.0
 *
 * The rules of IMPLEMENTATION sections: putting those of several sections together, and looking
 * them up. Our own section (erika-xen.oil) comes first; what a file's section adds to it is
 * accepted without a warning but has no meaning here ("foreign"), what it says about an attribute
 * of ours (a default, a range) holds in addition.
 */
#ifndef OILC_RULES_H
#define OILC_RULES_H

#include "oilc.h"

void rules_add(struct oilc *oilc, struct rule **rules, struct rule *added);

/** NULL: there is none of this name. */
struct kind *kind_find(const struct oilc *oilc, const char *name);
struct rule *rule_find(struct rule *rules, const char *name);
struct choice *choice_find(struct choice *choices, const char *name);

/** Accept anything of this name from now on. */
void rules_add_any(struct oilc *oilc, struct rule **rules, const char *name);

#endif
