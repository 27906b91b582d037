/* SPDX-License-Identifier: Apache-2.0
 *
 * Integers have 64 bits and a sign beside them, so that all of OIL's types fit without a cast that
 * loses something.
 */
#include <string.h>

#include "value.h"

enum { LIST_LIMIT = 400 };

bool value_is_auto(const struct value *value)
{
    return value->kind == VALUE_NAME && strcmp(value->text, "AUTO") == 0;
}

static bool is_negative(const struct value *value)
{
    return value->negative && value->magnitude != 0;
}

/* < 0, 0, > 0 as for strcmp() */
static int compare(const struct value *a, const struct value *b)
{
    const bool integers = a->kind == VALUE_INTEGER && b->kind == VALUE_INTEGER;
    int order;

    if (!integers) {
        return (a->real > b->real) - (a->real < b->real);
    }
    if (is_negative(a) != is_negative(b)) {
        return is_negative(a) ? -1 : 1;
    }
    order = (a->magnitude > b->magnitude) - (a->magnitude < b->magnitude);
    return is_negative(a) ? -order : order;
}

static bool is_number(const struct value *value)
{
    return value->kind == VALUE_INTEGER || value->kind == VALUE_FLOAT;
}

bool value_equal(const struct value *a, const struct value *b)
{
    if (is_number(a) && is_number(b)) {
        return compare(a, b) == 0;
    }
    return a->kind == b->kind && strcmp(a->text, b->text) == 0;
}

bool value_has_type(const struct value *value, const struct rule *rule)
{
    if (rule->with_auto && value_is_auto(value)) {
        return true;
    }
    switch (rule->type) {
    case TYPE_BOOLEAN:
    case TYPE_ENUM:
    case TYPE_REFERENCE:
        return value->kind == VALUE_NAME;
    case TYPE_STRING:
        return value->kind == VALUE_STRING;
    case TYPE_FLOAT:
        return is_number(value);
    case TYPE_ANY:
        return true;
    default:
        return value->kind == VALUE_INTEGER;
    }
}

bool value_fits_type(const struct value *value, enum type type)
{
    const uint64_t most = value->magnitude - is_negative(value); /* -128 counts as 127 */

    switch (type) {
    case TYPE_UINT32:
        return !is_negative(value) && value->magnitude <= UINT32_MAX;
    case TYPE_UINT64:
        return !is_negative(value);
    case TYPE_INT32:
        return most <= INT32_MAX;
    case TYPE_INT64:
        return most <= INT64_MAX;
    default:
        return true;
    }
}

bool value_in_ranges(const struct value *value, const struct range *ranges)
{
    for (const struct range *range = ranges; range; range = range->next) {
        if (compare(value, &range->low) >= 0 && compare(value, &range->high) <= 0) {
            return true;
        }
    }
    return !ranges;
}

/* One more element of a list in a message; of a long list only the beginning is shown. */
static const char *listed(struct oilc *oilc, const char *text, const char *element)
{
    const size_t length = strlen(text);

    if (length >= LIST_LIMIT) {
        return text[length - 1] == '.' ? text : arena_print(&oilc->arena, "%s, ...", text);
    }
    return arena_print(&oilc->arena, "%s%s%s", text, *text ? ", " : "", element);
}

static const char *range_text(struct oilc *oilc, const struct range *range)
{
    if (value_equal(&range->low, &range->high)) {
        return range->low.text;
    }
    return arena_print(&oilc->arena, "%s .. %s", range->low.text, range->high.text);
}

const char *value_ranges_text(struct oilc *oilc, const struct range *ranges)
{
    const char *text = "";

    for (const struct range *range = ranges; range; range = range->next) {
        text = listed(oilc, text, range_text(oilc, range));
    }
    return text;
}

const char *value_choices_text(struct oilc *oilc, const struct rule *rule)
{
    const char *text = "";

    for (const struct choice *choice = rule->choices; choice; choice = choice->next) {
        if (!choice->foreign || rule->foreign) {
            text = listed(oilc, text, choice->name);
        }
    }
    return rule->with_auto ? listed(oilc, text, "AUTO") : text;
}

const char *value_type_text(struct oilc *oilc, const struct rule *rule)
{
    switch (rule->type) {
    case TYPE_BOOLEAN:
        return "TRUE or FALSE";
    case TYPE_ENUM:
        return arena_print(&oilc->arena, "one of: %s", value_choices_text(oilc, rule));
    case TYPE_REFERENCE:
        return arena_print(&oilc->arena, "the name of an object %s", rule->target_kind);
    case TYPE_STRING:
        return "a text in quotes";
    default:
        return arena_print(&oilc->arena, "a number (%s)", rule->target_kind);
    }
}

const char *value_kind_text(const struct value *value)
{
    static const char *const texts[] = {
        [VALUE_NAME] = "a name",
        [VALUE_INTEGER] = "a whole number",
        [VALUE_FLOAT] = "a number with a fraction",
        [VALUE_STRING] = "a text in quotes",
    };

    return texts[value->kind];
}
