/* SPDX-License-Identifier: Apache-2.0
 *
 * Resources and their ceilings (OSEK 8.5). Linked resources form a group round a standard one; all
 * of a group have the ceiling of all the group's users.
 */
#include <string.h>

#include "build.h"

static bool has_property(const struct definition *resource, const char *property)
{
    return get_is(resource->attributes, "RESOURCEPROPERTY", property);
}

static bool is_scheduler(const struct definition *resource)
{
    return strcmp(resource->name, "RES_SCHEDULER") == 0;
}

static bool is_internal(const struct definition *resource)
{
    return has_property(resource, "INTERNAL");
}

static const struct definition *link_of(const struct definition *resource)
{
    return has_property(resource, "LINKED")
               ? get_target(get_params(resource->attributes, "RESOURCEPROPERTY"), "LINKEDRESOURCE")
               : NULL;
}

/* The standard resource at the end of the links; the resource itself after an error. */
static const struct definition *root_of(struct builder *b, const struct definition *resource)
{
    const struct definition *root = resource;
    size_t steps = 0;

    while (link_of(root)) {
        root = link_of(root);
        if (root == resource || steps++ > b->resources.count) {
            error_at(b->oilc, resource->place, "the links of resource `%s` lead round in a circle",
                     resource->name);
            return resource;
        }
    }
    if (root != resource && (is_internal(root) || is_scheduler(root))) {
        error_at(b->oilc, resource->place, "resource `%s` is linked to `%s`, which is %s",
                 resource->name, root->name,
                 is_internal(root) ? "internal" : "no standard resource of the application");
        return resource;
    }
    return root;
}

/* OSEK says what RES_SCHEDULER is, whoever declares it. */
static void check_property(struct builder *b, const struct definition *scheduler)
{
    if (!has_property(scheduler, "STANDARD")) {
        error_at(b->oilc, get_place(scheduler->attributes, "RESOURCEPROPERTY", scheduler->place),
                 "RES_SCHEDULER is a STANDARD resource (OSEK 8.3)");
    }
}

/* RES_SCHEDULER goes first, internal ones go elsewhere. Ids are given here. */
static void order(struct builder *b)
{
    const bool used = b->model->os.use_res_scheduler;
    struct arena *arena = &b->oilc->arena;
    const struct group all = b->resources;

    b->resources = (struct group){arena_array(arena, all.count + 1, sizeof(*all.at)), 0};
    b->internals = (struct group){arena_array(arena, all.count + 1, sizeof(*all.at)), 0};
    for (size_t i = 0; i < all.count; i++) {
        struct group *group = is_internal(all.at[i]) ? &b->internals : &b->resources;

        if (is_scheduler(all.at[i])) {
            check_property(b, all.at[i]);
            all.at[i]->index = 0;
            continue;
        }
        all.at[i]->index = group->count + (used && group == &b->resources);
        group->at[group->count++] = all.at[i];
    }
}

const struct model_resource **build_used(struct builder *b, const struct attribute *list,
                                         size_t *count)
{
    const struct model_resource **used =
        arena_array(&b->oilc->arena, get_count(list, "RESOURCE") + 1, sizeof(*used));

    for_each(attribute, list, "RESOURCE")
    {
        const struct model_resource *resource = &b->model->resources[attribute->target->index];
        size_t i = 0;

        if (is_internal(attribute->target)) {
            continue;
        }
        while (i < *count && used[i] != resource) {
            i++;
        }
        used[i] = resource;
        *count += i == *count;
    }
    return used;
}

static void check_scheduler(struct builder *b, const struct attribute *attribute)
{
    if (is_scheduler(attribute->target) && !b->model->os.use_res_scheduler) {
        error_at(b->oilc, attribute->value.place,
                 "RES_SCHEDULER is used, but OS says USERESSCHEDULER = FALSE");
    }
}

static void raise(unsigned int *value, unsigned int least)
{
    if (*value < least) {
        *value = least;
    }
}

/* Each user raises the ceiling of its resource's group, kept at the root. */
static void count_users(struct builder *b, const struct definition **roots, unsigned int *ceilings)
{
    struct model *model = b->model;

    for (size_t i = 0; i < b->tasks.count; i++) {
        for_each(attribute, b->tasks.at[i]->attributes, "RESOURCE")
        {
            check_scheduler(b, attribute);
            if (is_internal(attribute->target)) {
                raise(&ceilings[attribute->target->index], model->tasks[i].prio);
            } else if (!is_scheduler(attribute->target)) {
                raise(&model->resources[roots[attribute->target->index]->index].ceiling,
                      model->tasks[i].prio);
            }
        }
    }
    for (size_t i = 0; i < b->isrs.count; i++) {
        for_each(attribute, b->isrs.at[i]->attributes, "RESOURCE")
        {
            if (is_internal(attribute->target) || is_scheduler(attribute->target)) {
                error_at(b->oilc, attribute->value.place,
                         "an ISR cannot use `%s`: internal resources and RES_SCHEDULER are tasks'",
                         attribute->target->name);
                continue;
            }
            raise(&model->resources[roots[attribute->target->index]->index].isr_level,
                  model->isrs[i].level);
        }
    }
}

/* The priority that a task has while it runs: its internal resource's, or, if it is not to be
 * preempted, the highest (OSEK 8.7: as if RES_SCHEDULER were its internal resource). */
static void run_priorities(struct builder *b, const unsigned int *ceilings)
{
    struct model *model = b->model;

    for (size_t i = 0; i < model->task_count; i++) {
        struct model_task *task = &model->tasks[i];

        task->run_prio = task->preemptable ? task->prio : model->prio_count - 1;
        for_each(attribute, b->tasks.at[i]->attributes, "RESOURCE")
        {
            if (!is_internal(attribute->target)) {
                continue;
            }
            if (task->internal && task->internal != attribute->target->name) {
                error_at(b->oilc, attribute->place,
                         "task `%s` has two internal resources, `%s` and `%s` (OSEK 8.7)",
                         task->object.name, task->internal, attribute->target->name);
            }
            task->internal = attribute->target->name;
            raise(&task->run_prio, ceilings[attribute->target->index]);
        }
    }
}

/* A group's ceiling, with which an ISR2 as user takes all tasks' priorities. */
static void finish(struct builder *b, struct model_resource *resource,
                   const struct model_resource *root)
{
    resource->isr_level = root->isr_level;
    resource->ceiling = root->isr_level ? b->model->prio_count - 1 : root->ceiling;
    if (resource->ceiling == 0 && b->oilc->error_count == 0) {
        warn_at(b->oilc, resource->object.place, "no task and no ISR uses resource `%s`",
                resource->object.name);
    }
}

static void add_scheduler(struct builder *b)
{
    struct model_resource *resource = &b->model->resources[0];

    if (b->model->os.use_res_scheduler) {
        resource->object = (struct object){"RES_SCHEDULER", "", b->os->place};
        resource->ceiling = b->model->prio_count - 1;
    }
}

static const struct definition **find_roots(struct builder *b)
{
    const struct definition **roots =
        arena_array(&b->oilc->arena, b->resources.count + 2, sizeof(*roots));
    struct model *model = b->model;

    for (size_t i = 0; i < b->resources.count; i++) {
        const struct definition *definition = b->resources.at[i];
        struct model_resource *resource = &model->resources[definition->index];

        resource->object = build_object(definition);
        roots[definition->index] = root_of(b, definition);
        if (roots[definition->index] != definition) {
            resource->linked = &model->resources[link_of(definition)->index];
        }
    }
    return roots;
}

void build_resources(struct builder *b)
{
    struct model *model = b->model;
    const struct definition **roots;
    unsigned int *internal_ceilings;

    order(b);
    model->resource_count = b->resources.count + model->os.use_res_scheduler;
    if (model->resource_count > 255) {
        error_at(b->oilc, b->os->place, "%zu resources; the most is 255", model->resource_count);
        return;
    }
    roots = find_roots(b);
    internal_ceilings =
        arena_array(&b->oilc->arena, b->internals.count + 1, sizeof(*internal_ceilings));
    count_users(b, roots, internal_ceilings);
    for (size_t i = 0; i < b->resources.count; i++) {
        const size_t index = b->resources.at[i]->index;

        finish(b, &model->resources[index], &model->resources[roots[index]->index]);
    }
    add_scheduler(b);
    run_priorities(b, internal_ceilings);
    for (size_t i = 0; i < model->task_count; i++) {
        struct model_task *task = &model->tasks[i];

        task->resources = build_used(b, b->tasks.at[i]->attributes, &task->resource_count);
    }
    for (size_t i = 0; i < model->isr_count; i++) {
        struct model_isr *isr = &model->isrs[i];

        isr->resources = build_used(b, b->isrs.at[i]->attributes, &isr->resource_count);
    }
}
