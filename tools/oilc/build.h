/* SPDX-License-Identifier: Apache-2.0
 *
 * From checked definitions to the model. Each build_*.c does one kind of object and its checks; the
 * order is build.c's, and what a part relies on is there before it.
 */
#ifndef OILC_BUILD_H
#define OILC_BUILD_H

#include "diag.h"
#include "get.h"

/** The definitions of one kind in the order of their ids. */
struct group {
    struct definition **at;
    size_t count;
};

struct builder {
    struct oilc *oilc;
    struct model *model;
    const struct definition *os; /* a valid, empty one if OIL has none */
    struct group appmodes, events, tasks, resources, counters, alarms, schedtables, isrs;
    struct group internals; /* internal resources, which have no id */
};

void build_os(struct builder *b); /* what stands in OS alone */
void build_appmodes(struct builder *b);
void build_counters(struct builder *b);
void build_tasks(struct builder *b);  /* all but run_prio */
void build_events(struct builder *b); /* masks, after build_tasks() */
void build_isrs(struct builder *b);
void build_resources(struct builder *b); /* and tasks' run_prio */
void build_alarms(struct builder *b);
void build_schedtables(struct builder *b);
void build_os_references(struct builder *b);
void build_class(struct builder *b);       /* conformance class */
bool name_is_identifier(const char *text); /* of C, and no keyword of it */

/** What all model objects begin with. */
struct object build_object(const struct definition *definition);

/** Put definitions for which `first` is true before the others; indices become the new order. */
void build_order(struct builder *b, struct group *group, bool first(const struct definition *));

/** The application modes that AUTOSTART names, one bit each; 0: FALSE. */
uint32_t build_autostart(struct builder *b, const struct definition *owner);

/** The ACTION that `attribute` is. */
struct model_action build_action(struct builder *b, const struct attribute *attribute);

/** The resources of a task or an ISR that have ids. */
const struct model_resource **build_used(struct builder *b, const struct attribute *list,
                                         size_t *count);

/** OIL has several ways to say some things: an error if two of them were written and contradict. */
void build_contradiction(struct builder *b, const struct attribute *one,
                         const struct attribute *other);

/** The number that is said in one of several ways; `otherwise` if in none. Any may be NULL. */
uint32_t build_either(struct builder *b, const struct attribute *const *ways, size_t count,
                      uint32_t otherwise);

/** An error if there are more than `limit`. */
void build_limit(struct builder *b, const struct group *group, size_t limit, const char *what);

#endif
