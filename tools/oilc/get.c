/* SPDX-License-Identifier: Apache-2.0
 *
 * Looking attributes up by name.
 */
#include <string.h>

#include "get.h"
#include "value.h"

const struct attribute *get(const struct attribute *list, const char *name)
{
    while (list && (list->useless || strcmp(list->name, name) != 0)) {
        list = list->next;
    }
    return list;
}

const struct attribute *get_next(const struct attribute *attribute)
{
    return get(attribute->next, attribute->name);
}

size_t get_count(const struct attribute *list, const char *name)
{
    size_t count = 0;

    for_each(attribute, list, name)
    {
        count++;
    }
    return count;
}

uint32_t get_uint(const struct attribute *list, const char *name)
{
    const struct attribute *attribute = get(list, name);

    return attribute && attribute->value.kind == VALUE_INTEGER
               ? (uint32_t)attribute->value.magnitude
               : 0;
}

bool get_bool(const struct attribute *list, const char *name)
{
    return get_is(list, name, "TRUE");
}

const char *get_text(const struct attribute *list, const char *name)
{
    const struct attribute *attribute = get(list, name);

    return attribute ? attribute->value.text : "";
}

const struct definition *get_target(const struct attribute *list, const char *name)
{
    const struct attribute *attribute = get(list, name);

    return attribute ? attribute->target : NULL;
}

bool get_is(const struct attribute *list, const char *name, const char *word)
{
    const struct attribute *attribute = get(list, name);

    return attribute && attribute->value.kind == VALUE_NAME &&
           strcmp(attribute->value.text, word) == 0;
}

const struct attribute *get_params(const struct attribute *list, const char *name)
{
    const struct attribute *attribute = get(list, name);

    return attribute ? attribute->params : NULL;
}

struct place get_place(const struct attribute *list, const char *name, struct place otherwise)
{
    const struct attribute *attribute = get(list, name);

    return attribute && !attribute->is_default ? attribute->place : otherwise;
}

bool get_is_written(const struct attribute *list, const char *name)
{
    const struct attribute *attribute = get(list, name);

    return attribute && !attribute->is_default && !value_is_auto(&attribute->value);
}
