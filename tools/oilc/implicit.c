/* SPDX-License-Identifier: Apache-2.0
 *
 * Making objects that OIL text may take for granted.
 */
#include <string.h>

#include "implicit.h"
#include "merge.h"

static struct definition *add(struct oilc *oilc, const char *kind, const char *name,
                              struct place place)
{
    struct definition *definition = arena_alloc(&oilc->arena, sizeof(*definition));
    struct definition **end = &oilc->definitions;
    const char *key = arena_print(&oilc->arena, "%s %s", kind, name);

    definition->kind = oilc_name(oilc, kind, strlen(kind));
    definition->name = oilc_name(oilc, name, strlen(name));
    definition->kind_place = definition->place = place;
    definition->description = "";
    while (*end) {
        end = &(*end)->next;
    }
    *end = definition;
    table_entry(&oilc->objects, key, strlen(key))->value = definition;
    return definition;
}

static struct definition *first_of(const struct oilc *oilc, const char *kind)
{
    struct definition *definition = oilc->definitions;

    while (definition && strcmp(definition->kind, kind) != 0) {
        definition = definition->next;
    }
    return definition;
}

void implicit_begin(struct oilc *oilc)
{
    if (!first_of(oilc, "APPMODE")) {
        add(oilc, "APPMODE", "OSDEFAULTAPPMODE", (struct place){0});
    }
}

/* Objects that exist when they are named. */
static const struct {
    const char *kind, *name;
} on_demand[] = {{"COUNTER", "SystemCounter"}, {"RESOURCE", "RES_SCHEDULER"}};

enum { ON_DEMAND = sizeof(on_demand) / sizeof(*on_demand) };

struct definition *implicit_object(struct oilc *oilc, const char *kind,
                                   const struct attribute *reference)
{
    const char *name = reference->value.text;

    if (strcmp(kind, "APPMODE") == 0 && strcmp(name, "OSDEFAULTAPPMODE") == 0) {
        return first_of(oilc, kind);
    }
    for (size_t i = 0; i < ON_DEMAND; i++) {
        if (strcmp(kind, on_demand[i].kind) == 0 && strcmp(name, on_demand[i].name) == 0) {
            return add(oilc, kind, name, reference->value.place);
        }
    }
    return NULL;
}

void implicit_offer(struct guess *guess, const char *kind)
{
    for (size_t i = 0; i < ON_DEMAND; i++) {
        if (strcmp(kind, on_demand[i].kind) == 0) {
            guess_offer(guess, on_demand[i].name);
        }
    }
}
