/* SPDX-License-Identifier: Apache-2.0
 *
 * Lists of rules. They are short, and names are equal when their pointers are.
 */
#include <string.h>

#include "rules.h"
#include "value.h"

struct kind *kind_find(const struct oilc *oilc, const char *name)
{
    struct kind *kind = oilc->kinds;

    while (kind && kind->name != name) {
        kind = kind->next;
    }
    return kind;
}

struct rule *rule_find(struct rule *rules, const char *name)
{
    while (rules && rules->name != name) {
        rules = rules->next;
    }
    return rules;
}

struct choice *choice_find(struct choice *choices, const char *name)
{
    while (choices && choices->name != name) {
        choices = choices->next;
    }
    return choices;
}

static void choices_add(struct oilc *oilc, struct choice **choices, struct choice *added)
{
    struct choice *next;

    for (; added; added = next) {
        struct choice *old = choice_find(*choices, added->name);
        struct choice **end = choices;

        next = added->next;
        if (old) {
            rules_add(oilc, &old->params, added->params);
            continue;
        }
        while (*end) {
            end = &(*end)->next;
        }
        added->next = NULL;
        *end = added;
    }
}

/* A section of the file's cannot give an attribute of ours a default that means nothing here. */
static bool takes_default(const struct rule *rule, const struct value *value)
{
    const struct choice *choice = choice_find(rule->choices, value->text);

    if (rule->foreign || strcmp(value->text, "NO_DEFAULT") == 0) {
        return true;
    }
    if (value_is_auto(value)) {
        return rule->with_auto;
    }
    return rule->type != TYPE_ENUM || (choice && !choice->foreign);
}

/* The same attribute once more: it adds a form, or says more about the one of its type. */
static void rule_refine(struct oilc *oilc, struct rule *old, struct rule *added)
{
    while (old->type != added->type || old->target_kind != added->target_kind) {
        if (!old->other_form) {
            old->other_form = added;
            return;
        }
        old = old->other_form;
    }
    if (added->standard && takes_default(old, added->standard)) {
        old->standard = added->standard;
    }
    if (added->ranges) {
        added->narrower = old->narrower;
        old->narrower = added;
    }
    old->with_auto |= added->with_auto && old->foreign;
    choices_add(oilc, &old->choices, added->choices);
}

void rules_add(struct oilc *oilc, struct rule **rules, struct rule *added)
{
    struct rule *next;

    for (; added; added = next) {
        struct rule *old = rule_find(*rules, added->name);
        struct rule **end = rules;

        next = added->next;
        added->next = NULL;
        if (old) {
            rule_refine(oilc, old, added);
            continue;
        }
        while (*end) {
            end = &(*end)->next;
        }
        *end = added;
    }
}

void rules_add_any(struct oilc *oilc, struct rule **rules, const char *name)
{
    struct rule *rule = arena_alloc(&oilc->arena, sizeof(*rule));

    rule->name = name;
    rule->type = TYPE_ANY;
    rule->multiple = true;
    rule->foreign = true;
    rule->next = *rules;
    *rules = rule;
}
