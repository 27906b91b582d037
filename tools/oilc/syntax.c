/* SPDX-License-Identifier: Apache-2.0
 *
 * Putting trees together, and the messages of the grammar.
 */
#include <string.h>

#include "diag.h"
#include "rules.h"
#include "syntax.h"

/* One body for four types of lists. */
#define APPEND(list, element)                                                                      \
    do {                                                                                           \
        if ((list).last) {                                                                         \
            (list).last->next = (element);                                                         \
        } else {                                                                                   \
            (list).first = (element);                                                              \
        }                                                                                          \
        (list).last = (element);                                                                   \
        return (list);                                                                             \
    } while (0)

struct attributes syntax_append(struct attributes list, struct attribute *attribute)
{
    APPEND(list, attribute);
}

struct rules syntax_append_rule(struct rules list, struct rule *rule)
{
    APPEND(list, rule);
}

struct choices syntax_append_choice(struct choices list, struct choice *choice)
{
    APPEND(list, choice);
}

struct ranges syntax_append_range(struct ranges list, struct range *range)
{
    APPEND(list, range);
}

struct attribute *syntax_attribute(struct oilc *oilc, struct value name, struct value value,
                                   const struct attributes *params, const char *description)
{
    struct attribute *attribute = arena_alloc(&oilc->arena, sizeof(*attribute));

    attribute->name = name.text;
    attribute->place = name.place;
    attribute->value = value;
    attribute->params = params ? params->first : NULL;
    attribute->description = description;
    return attribute;
}

void syntax_object(struct oilc *oilc, struct value kind, struct value name,
                   struct attributes attributes, const char *description)
{
    struct definition *definition = arena_alloc(&oilc->arena, sizeof(*definition));

    definition->kind = kind.text;
    definition->kind_place = kind.place;
    definition->name = name.text;
    definition->place = name.place;
    definition->attributes = attributes.first;
    definition->description = description;
    *oilc->definitions_end = definition;
    oilc->definitions_end = &definition->next;
}

static enum type type_of(const char *name)
{
    static const char *const names[] = {
        [TYPE_UINT32] = "UINT32", [TYPE_INT32] = "INT32",   [TYPE_UINT64] = "UINT64",
        [TYPE_INT64] = "INT64",   [TYPE_FLOAT] = "FLOAT",   [TYPE_BOOLEAN] = "BOOLEAN",
        [TYPE_ENUM] = "ENUM",     [TYPE_STRING] = "STRING",
    };
    const size_t length = strlen(name);
    unsigned int type = 0;

    while (type < TYPE_REFERENCE && strcmp(names[type], name) != 0) {
        type++;
    }
    if (type == TYPE_REFERENCE && (length < 6 || strcmp(name + length - 5, "_TYPE") != 0)) {
        return TYPE_ANY;
    }
    return type;
}

static bool limits_fit(enum type type, struct limits limits)
{
    switch (type) {
    case TYPE_BOOLEAN:
        return !limits.ranges;
    case TYPE_ENUM:
        return limits.choices;
    case TYPE_STRING:
    case TYPE_REFERENCE:
    case TYPE_ANY:
        return !limits.ranges && !limits.choices;
    default:
        return !limits.choices;
    }
}

struct rule *syntax_rule(struct oilc *oilc, struct value type, struct value name,
                         struct limits limits, const struct value *standard)
{
    struct rule *rule = arena_alloc(&oilc->arena, sizeof(*rule));

    rule->name = name.text;
    rule->place = name.place;
    rule->type = type_of(type.text);
    rule->foreign = !oilc->in_standard;
    rule->target_kind = rule->type == TYPE_REFERENCE
                            ? oilc_name(oilc, type.text, strlen(type.text) - strlen("_TYPE"))
                            : type.text;
    if (rule->type == TYPE_ANY && strcmp(type.text, "ANY") != 0) {
        error_at(oilc, type.place,
                 "`%s` is no type; OIL has UINT32, INT32, UINT64, INT64, FLOAT, BOOLEAN, ENUM, "
                 "STRING and OBJECT_TYPE for a reference to an object",
                 type.text);
    } else if (!limits_fit(rule->type, limits)) {
        error_at(oilc, name.place, "the brackets before `%s` do not fit the type %s", name.text,
                 type.text);
    } else {
        rule->ranges = limits.ranges;
        rule->choices = limits.choices;
    }
    rule->standard = standard;
    return rule;
}

struct choice *syntax_choice(struct oilc *oilc, struct value name, struct rules params)
{
    struct choice *choice = arena_alloc(&oilc->arena, sizeof(*choice));

    choice->name = name.text;
    choice->place = name.place;
    choice->params = params.first;
    choice->foreign = !oilc->in_standard;
    return choice;
}

struct range *syntax_range(struct oilc *oilc, struct value low, struct value high)
{
    struct range *range = arena_alloc(&oilc->arena, sizeof(*range));

    range->low = low;
    range->high = high;
    return range;
}

const struct value *syntax_default(struct oilc *oilc, struct value value)
{
    struct value *copy = arena_alloc(&oilc->arena, sizeof(*copy));

    *copy = value;
    return copy;
}

/* All sections say something about the same kinds; later ones add to the earlier. */
void syntax_kind(struct oilc *oilc, struct value name, struct rules rules)
{
    struct kind **link = &oilc->kinds;

    while (*link && (*link)->name != name.text) {
        link = &(*link)->next;
    }
    if (!*link) {
        *link = arena_alloc(&oilc->arena, sizeof(**link));
        (*link)->name = name.text;
        (*link)->foreign = !oilc->in_standard;
    }
    rules_add(oilc, &(*link)->rules, rules.first);
}

bool syntax_enter(struct oilc *oilc, struct place place)
{
    if (oilc->nesting >= NESTING_LIMIT) {
        error_at(oilc, place, "more than %d blocks one inside the other", NESTING_LIMIT);
        return false;
    }
    oilc->open[oilc->nesting++] = place;
    return true;
}

bool syntax_count(struct oilc *oilc, struct place place)
{
    if (oilc->rule_count >= RULE_LIMIT) {
        error_at(oilc, place, "IMPLEMENTATION sections declare more than %d attributes and values",
                 RULE_LIMIT);
        return false;
    }
    oilc->rule_count++;
    return true;
}

void syntax_block_end(struct oilc *oilc)
{
    if (!oilc->after_block_is_told) {
        warn_at(oilc, oilc->word_before, "OIL wants `;` behind a block (said once)");
    }
    oilc->after_block_is_told = true;
}

void syntax_stray(struct oilc *oilc, struct attributes attributes)
{
    for (const struct attribute *a = attributes.first; a; a = a->next) {
        if (strcmp(a->name, "OIL_VERSION") != 0) {
            error_at(oilc, a->place, "the attribute `%s` stands outside of all objects", a->name);
        } else if (a->value.kind != VALUE_STRING) {
            error_at(oilc, a->value.place, "OIL_VERSION is a text: OIL_VERSION = \"2.5\";");
        } else if (strncmp(a->value.text, "2.", 2) != 0) {
            error_at(oilc, a->value.place, "OIL version \"%s\": this compiler reads 2.5",
                     a->value.text);
        }
    }
}

static const char *list_of(struct oilc *oilc, const char *const *expected)
{
    const char *list = "";

    for (unsigned int i = 0; expected[i]; i++) {
        list = arena_print(&oilc->arena, "%s%s%s", list, i ? " or " : "; expected: ", expected[i]);
    }
    return list;
}

void syntax_missing_quote(struct oilc *oilc)
{
    if (oilc->long_string.begin.line != 0) {
        note_at(oilc, oilc->long_string.begin, "is a quote missing? This string ends in line %u",
                oilc->long_string.end.line);
        oilc->long_string.begin.line = 0;
    }
}

/* The end of the text most often only follows from another error. */
void syntax_end(struct oilc *oilc, struct place place, const char *const *expected)
{
    if (oilc->error_count > 0) {
        return;
    }
    if (oilc->nesting > 0) {
        error_at(oilc, oilc->open[oilc->nesting - 1], "this block has no end: a `}` is missing");
    } else {
        error_at(oilc, place, "the text ends too soon%s", list_of(oilc, expected));
    }
    syntax_missing_quote(oilc);
}

static bool has(const char *const *words, const char *word)
{
    while (*words && strcmp(*words, word) != 0) {
        words++;
    }
    return *words;
}

void syntax_error(struct oilc *oilc, struct place place, const char *const *expected,
                  const char *found)
{
    const char *list = list_of(oilc, expected);

    if (has(expected, "`;`") && oilc->word_before.file == place.file) {
        error_at(oilc, oilc->word_before, "%s cannot follow this%s", found, list);
    } else {
        error_at(oilc, place, "%s cannot stand here%s", found, list);
    }
    syntax_missing_quote(oilc);
}
