/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading attributes that conform.c has checked and completed. What is not there, because it is
 * optional or stands in a block that is not, reads as zero, "", false or NULL.
 */
#ifndef OILC_GET_H
#define OILC_GET_H

#include "tree.h"

/** The first of this name, in a list; NULL: none. */
const struct attribute *get(const struct attribute *list, const char *name);

/** The next one of the same name. */
const struct attribute *get_next(const struct attribute *attribute);

size_t get_count(const struct attribute *list, const char *name);

// NOLINTBEGIN(bugprone-macro-parentheses): `at` is declared here
#define for_each(at, list, name)                                                                   \
    for (const struct attribute *at = get(list, name); at; at = get_next(at))
// NOLINTEND(bugprone-macro-parentheses)

uint32_t get_uint(const struct attribute *list, const char *name); /* 0 also for AUTO */
bool get_bool(const struct attribute *list, const char *name);
const char *get_text(const struct attribute *list, const char *name); /* "" */
const struct definition *get_target(const struct attribute *list, const char *name);

/** Whether the value is this word. */
bool get_is(const struct attribute *list, const char *name, const char *word);

/** The attributes in the block of an attribute. */
const struct attribute *get_params(const struct attribute *list, const char *name);

/** Where the attribute is; `otherwise` if it was not written. */
struct place get_place(const struct attribute *list, const char *name, struct place otherwise);

/** Whether it was written and is not AUTO. */
bool get_is_written(const struct attribute *list, const char *name);

#endif
