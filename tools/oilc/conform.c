/* SPDX-License-Identifier: Apache-2.0
 *
 * Attributes against the rules of their kind: known or not, type, range, how often; then references
 * become pointers and defaults are filled in. After this a wrong or meaningless attribute is marked
 * `useless`, and every other one can be relied on (get.h).
 */
#include <string.h>

#include "diag.h"
#include "implicit.h"
#include "merge.h"
#include "rules.h"
#include "value.h"

/* Whose attributes these are, for messages: "TASK `T1`", "AUTOSTART = TRUE". */
struct owner {
    const char *text;
    struct place place;
};

static void conform_list(struct oilc *oilc, struct owner owner, struct rule **rules,
                         struct attribute **list);

static void unknown(struct oilc *oilc, struct owner owner, struct rule **rules,
                    const struct attribute *attribute)
{
    struct guess guess = {.wrong = attribute->name};
    const char *text;

    if (!oilc->strict && oilc->warning_count > WARNING_LIMIT) {
        return;
    }
    for (const struct rule *rule = *rules; rule; rule = rule->next) {
        if (rule->type != TYPE_ANY) {
            guess_offer(&guess, rule->name);
        }
    }
    text = guess_text(oilc, &guess);
    if (oilc->strict) {
        error_at(oilc, attribute->place, "%s has no attribute `%s`%s", owner.text, attribute->name,
                 text);
    } else {
        warn_at(oilc, attribute->place, "%s has no attribute `%s`: ignored%s", owner.text,
                attribute->name, text);
    }
    rules_add_any(oilc, rules, attribute->name); /* said once */
}

static void wrong_choice(struct oilc *oilc, const struct rule *rule,
                         const struct attribute *attribute)
{
    struct guess guess = {.wrong = attribute->value.text};

    for (const struct choice *choice = rule->choices; choice; choice = choice->next) {
        guess_offer(&guess, choice->name);
    }
    error_at(oilc, attribute->value.place, "`%s` cannot be `%s`; possible: %s%s", rule->name,
             attribute->value.text, value_choices_text(oilc, rule), guess_text(oilc, &guess));
}

static bool choose(struct oilc *oilc, const struct rule *rule, struct attribute *attribute)
{
    const char *name = attribute->value.text;
    const bool truth = strcmp(name, "TRUE") == 0 || strcmp(name, "FALSE") == 0;

    attribute->choice = choice_find(rule->choices, name);
    if (rule->type == TYPE_BOOLEAN && !truth) {
        error_at(oilc, attribute->value.place, "`%s` is TRUE or FALSE, not `%s`", rule->name, name);
        return false;
    }
    if (rule->type == TYPE_ENUM && !attribute->choice) {
        wrong_choice(oilc, rule, attribute);
        return false;
    }
    if (attribute->choice && attribute->choice->foreign && !rule->foreign) {
        warn_at(oilc, attribute->value.place, "`%s = %s` has no meaning here: ignored", rule->name,
                name);
        attribute->foreign = true;
        return false;
    }
    return true;
}

static bool in_ranges(struct oilc *oilc, const struct rule *rule, const struct value *value)
{
    const char *list;

    for (; rule; rule = rule->narrower) {
        if (!value_in_ranges(value, rule->ranges)) {
            list = value_ranges_text(oilc, rule->ranges);
            error_at(oilc, value->place, "`%s` cannot be %s; possible: %s", rule->name, value->text,
                     list);
            return false;
        }
    }
    return true;
}

static bool refer(struct oilc *oilc, const struct rule *rule, struct attribute *attribute)
{
    const char *name = attribute->value.text;
    struct guess guess = {.wrong = name};
    const char *other = NULL;

    attribute->target = definition_find(oilc, rule->target_kind, name);
    if (!attribute->target) {
        attribute->target = implicit_object(oilc, rule->target_kind, attribute);
    }
    if (attribute->target) {
        return true;
    }
    implicit_offer(&guess, rule->target_kind);
    for (const struct definition *d = oilc->definitions; d; d = d->next) {
        if (strcmp(d->kind, rule->target_kind) == 0) {
            guess_offer(&guess, d->name);
        } else if (d->name == name) {
            other = d->kind;
        }
    }
    error_at(oilc, attribute->value.place, "there is no %s `%s`%s", rule->target_kind, name,
             other ? arena_print(&oilc->arena, "; it is the name of an object %s", other)
                   : guess_text(oilc, &guess));
    return false;
}

/* The form of the attribute whose type the value has. */
static const struct rule *form_of(struct oilc *oilc, const struct rule *rule,
                                  const struct attribute *attribute)
{
    const struct rule *form = rule;

    do {
        if (value_has_type(&attribute->value, form)) {
            return form;
        }
        form = form->other_form;
    } while (form);
    error_at(oilc, attribute->value.place, "`%s` is %s, not %s", rule->name,
             value_type_text(oilc, rule), value_kind_text(&attribute->value));
    return NULL;
}

/* @return whether the value is right and means something here */
static bool conform_value(struct oilc *oilc, const struct rule *rule, struct attribute *attribute)
{
    const struct rule *form = form_of(oilc, rule, attribute);

    if (!form || form->type == TYPE_ANY) {
        return false;
    }
    attribute->foreign = form->foreign;
    if (attribute->params && form->type != TYPE_ENUM && form->type != TYPE_BOOLEAN) {
        error_at(oilc, attribute->place, "`%s` takes no block `{ ... }`", attribute->name);
        return false;
    }
    if (value_is_auto(&attribute->value) && form->with_auto) {
        return !form->foreign;
    }
    if (!value_fits_type(&attribute->value, form->type)) {
        error_at(oilc, attribute->value.place, "`%s` is %s; %s does not fit into that", rule->name,
                 value_type_text(oilc, form), attribute->value.text);
        return false;
    }
    if (form->type == TYPE_ENUM || form->type == TYPE_BOOLEAN) {
        return choose(oilc, form, attribute) && !form->foreign;
    }
    if (form->type == TYPE_REFERENCE) {
        return !form->foreign && refer(oilc, form, attribute);
    }
    return in_ranges(oilc, form, &attribute->value) && !form->foreign;
}

/* A single attribute that was written before: the same value again adds its block to the first
 * one's, any other value contradicts. */
static void unite(struct oilc *oilc, struct attribute *first, struct attribute *again)
{
    again->useless = true;
    if (!value_equal(&first->value, &again->value)) {
        error_at(oilc, again->place, "`%s = %s` contradicts an earlier value", again->name,
                 again->value.text);
        note_at(oilc, first->place, "`%s = %s` is here", first->name, first->value.text);
        return;
    }
    attributes_append(&first->params, &first->params_end, again->params);
}

static void conform_attribute(struct oilc *oilc, struct owner owner, struct rule **rules,
                              struct attribute *attribute)
{
    struct rule *rule = rule_find(*rules, attribute->name);

    if (!rule) {
        unknown(oilc, owner, rules, attribute);
        attribute->useless = true;
        return;
    }
    attribute->useless = !conform_value(oilc, rule, attribute);
    if (!rule->seen) {
        rule->seen = attribute;
    } else if (!rule->multiple && rule->type != TYPE_ANY) {
        unite(oilc, rule->seen, attribute);
    }
}

static struct attribute *new_default(struct oilc *oilc, struct owner owner, const struct rule *rule)
{
    struct attribute *attribute = arena_alloc(&oilc->arena, sizeof(*attribute));

    attribute->name = rule->name;
    attribute->place = owner.place;
    attribute->value = *rule->standard;
    attribute->value.place = owner.place;
    attribute->description = "";
    attribute->is_default = true;
    return attribute;
}

/* What was not written: its default, or an error if it has none. */
static void complete(struct oilc *oilc, struct owner owner, const struct rule *rule,
                     struct attribute **list)
{
    if (rule->foreign || rule->multiple || rule->type == TYPE_ANY) {
        return;
    }
    if (!rule->standard || strcmp(rule->standard->text, "NO_DEFAULT") == 0) {
        error_at(oilc, owner.place, "%s lacks `%s`, %s", owner.text, rule->name,
                 value_type_text(oilc, rule));
        return;
    }
    while (*list) {
        list = &(*list)->next;
    }
    *list = new_default(oilc, owner, rule);
    (*list)->useless = !conform_value(oilc, rule, *list);
}

/* The attributes in an attribute's block. */
static void conform_params(struct oilc *oilc, struct attribute *attribute)
{
    struct choice *choice = (struct choice *)attribute->choice;
    const struct owner owner = {
        arena_print(&oilc->arena, "%s = %s", attribute->name, attribute->value.text),
        attribute->place,
    };
    struct rule *none = NULL;

    conform_list(oilc, owner, choice ? &choice->params : &none, &attribute->params);
}

static void conform_list(struct oilc *oilc, struct owner owner, struct rule **rules,
                         struct attribute **list)
{
    for (struct attribute *a = *list; a; a = a->next) {
        conform_attribute(oilc, owner, rules, a);
    }
    for (struct rule *rule = *rules; rule; rule = rule->next) {
        if (!rule->seen || rule->seen->foreign) {
            complete(oilc, owner, rule, list);
        }
        rule->seen = NULL;
    }
    for (struct attribute *a = *list; a; a = a->next) {
        if (!a->useless) {
            conform_params(oilc, a);
        }
    }
}

static bool is_refused(const char *kind)
{
    static const char *const refused[] = {"COM", "NM", "MESSAGE", "NETWORKMESSAGE", "IPDU"};

    for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++) {
        if (strcmp(kind, refused[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* `PRIORITY 1;` reads as an object. */
static void unknown_kind(struct oilc *oilc, const struct definition *definition)
{
    struct guess guess = {.wrong = definition->kind};
    bool is_attribute = false;

    for (const struct kind *kind = oilc->kinds; kind; kind = kind->next) {
        guess_offer(&guess, kind->name);
        is_attribute |= rule_find(kind->rules, definition->kind) != NULL;
    }
    error_at(oilc, definition->kind_place, "OIL has no kind of object `%s`%s", definition->kind,
             is_attribute ? "; is a `=` missing behind it?" : guess_text(oilc, &guess));
}

static void conform_definition(struct oilc *oilc, struct definition *definition)
{
    struct kind *kind = kind_find(oilc, definition->kind);
    const struct owner owner = {
        arena_print(&oilc->arena, "%s `%s`", definition->kind, definition->name),
        definition->place,
    };

    if (is_refused(definition->kind)) {
        error_at(oilc, definition->kind_place,
                 "%s objects (OSEK COM and NM) are not implemented; leave `%s` out",
                 definition->kind, definition->name);
    } else if (!kind) {
        unknown_kind(oilc, definition);
    } else if (kind->foreign) {
        warn_at(oilc, definition->kind_place, "objects of kind %s have no meaning here: ignored",
                definition->kind);
    } else {
        conform_list(oilc, owner, &kind->rules, &definition->attributes);
    }
}

void conform(struct oilc *oilc)
{
    implicit_begin(oilc);
    for (struct definition *d = oilc->definitions; d && !oilc->gave_up; d = d->next) {
        /* the list may grow */
        conform_definition(oilc, d);
    }
}
