/* SPDX-License-Identifier: Apache-2.0
 *
 * What the grammar's rules do: they put trees together (tree.h). Lists remember their ends, so that
 * appending takes no search.
 */
#ifndef OILC_SYNTAX_H
#define OILC_SYNTAX_H

#include "oilc.h"

struct attributes {
    struct attribute *first, *last;
};
struct rules {
    struct rule *first, *last;
};
struct choices {
    struct choice *first, *last;
};
struct ranges {
    struct range *first, *last;
};
/** What stands in brackets before an attribute's name in an IMPLEMENTATION section. */
struct limits {
    struct range *ranges;
    struct choice *choices;
};

struct attributes syntax_append(struct attributes list, struct attribute *attribute);
struct rules syntax_append_rule(struct rules list, struct rule *rule);
struct choices syntax_append_choice(struct choices list, struct choice *choice);
struct ranges syntax_append_range(struct ranges list, struct range *range);

/** params: NULL = no block */
struct attribute *syntax_attribute(struct oilc *oilc, struct value name, struct value value,
                                   const struct attributes *params, const char *description);
void syntax_object(struct oilc *oilc, struct value kind, struct value name,
                   struct attributes attributes, const char *description);
struct rule *syntax_rule(struct oilc *oilc, struct value type, struct value name,
                         struct limits limits, const struct value *standard);
struct choice *syntax_choice(struct oilc *oilc, struct value name, struct rules params);
struct range *syntax_range(struct oilc *oilc, struct value low, struct value high);
const struct value *syntax_default(struct oilc *oilc, struct value value);
void syntax_kind(struct oilc *oilc, struct value name, struct rules rules);

/** A block begins. @return false: too many are open, an error was printed */
bool syntax_enter(struct oilc *oilc, struct place place);

/** An IMPLEMENTATION section declares something. @return false: too much, an error was printed */
bool syntax_count(struct oilc *oilc, struct place place);

/** `;` is missing behind a block. Said once. */
void syntax_block_end(struct oilc *oilc);

/** Attributes that belong to no object. */
void syntax_stray(struct oilc *oilc, struct attributes attributes);

/** If a string of several lines came before an error, it may be the reason. */
void syntax_missing_quote(struct oilc *oilc);

/** The text ends too soon. expected: what could follow, then NULL. */
void syntax_end(struct oilc *oilc, struct place place, const char *const *expected);

/** A word that cannot stand here. */
void syntax_error(struct oilc *oilc, struct place place, const char *const *expected,
                  const char *found);

#endif
