/* SPDX-License-Identifier: Apache-2.0
 *
 * Objects of the same kind and name are one object, whose attributes are spread over several places
 * (a common file and a special one, for example).
 */
#include <string.h>

#include "merge.h"
#include "rules.h"
#include "syntax.h"

static const char *key_of(struct oilc *oilc, const char *kind, const char *name)
{
    return arena_print(&oilc->arena, "%s %s", kind, name);
}

struct definition *definition_find(struct oilc *oilc, const char *kind, const char *name)
{
    const char *key = key_of(oilc, kind, name);

    return table_find(&oilc->objects, key, strlen(key));
}

void attributes_append(struct attribute **list, struct attribute ***end, struct attribute *more)
{
    struct attribute **link = *end ? *end : list;

    while (*link) {
        link = &(*link)->next;
    }
    *link = more;
    *end = link;
}

static bool is_container(const char *kind)
{
    return strcmp(kind, "CPU") == 0 || strcmp(kind, "OSEK") == 0;
}

/* FreeOSEK says `EVENT = e;` in the container for an object `EVENT e;`. */
static void hoist(struct oilc *oilc, struct definition *container)
{
    struct attribute **link = &container->attributes;

    while (*link) {
        const struct attribute *attribute = *link;

        if (attribute->value.kind == VALUE_NAME && kind_find(oilc, attribute->name)) {
            const struct value kind = {.text = attribute->name, .place = attribute->place};
            const struct attributes attributes = {.first = attribute->params};

            syntax_object(oilc, kind, attribute->value, attributes, attribute->description);
            *link = attribute->next;
        } else {
            link = &(*link)->next;
        }
    }
}

void merge(struct oilc *oilc)
{
    struct definition **link = &oilc->definitions;

    for (struct definition *d = oilc->definitions; d; d = d->next) {
        if (is_container(d->kind)) {
            hoist(oilc, d);
        }
    }

    while (*link) {
        struct definition *definition = *link;
        const char *key = key_of(oilc, definition->kind, definition->name);
        struct entry *entry = table_entry(&oilc->objects, key, strlen(key));
        struct definition *first = entry->value;

        if (!first) {
            entry->value = definition;
            link = &definition->next;
            continue;
        }
        attributes_append(&first->attributes, &first->attributes_end, definition->attributes);
        if (!*first->description) {
            first->description = definition->description;
        }
        *link = definition->next;
    }
}
