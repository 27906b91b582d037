/* SPDX-License-Identifier: Apache-2.0
 *
 * Values: comparing them, and whether they have a type.
 */
#ifndef OILC_VALUE_H
#define OILC_VALUE_H

#include "oilc.h"

bool value_is_auto(const struct value *value);
bool value_equal(const struct value *a, const struct value *b);

/** Whether this is how a value of the type is written; it may still be too big. */
bool value_has_type(const struct value *value, const struct rule *rule);

/** Whether a number that has the type fits into its bits. */
bool value_fits_type(const struct value *value, enum type type);
bool value_in_ranges(const struct value *value, const struct range *ranges);

/* For messages: "0 .. 255 or 300", "a number (UINT32)", "a text" */
const char *value_ranges_text(struct oilc *oilc, const struct range *ranges);
const char *value_type_text(struct oilc *oilc, const struct rule *rule);
const char *value_choices_text(struct oilc *oilc, const struct rule *rule);
const char *value_kind_text(const struct value *value);

#endif
