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

struct definition *implicit_object(struct oilc *oilc, const char *kind,
                                   const struct attribute *reference)
{
    const char *name = reference->value.text;

    if (strcmp(kind, "APPMODE") == 0 && strcmp(name, "OSDEFAULTAPPMODE") == 0) {
        return first_of(oilc, kind);
    }
    if ((strcmp(kind, "COUNTER") == 0 && strcmp(name, "SystemCounter") == 0) ||
        (strcmp(kind, "RESOURCE") == 0 && strcmp(name, "RES_SCHEDULER") == 0)) {
        return add(oilc, kind, name, reference->value.place);
    }
    return NULL;
}
