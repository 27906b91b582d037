/* SPDX-License-Identifier: Apache-2.0
 *
 * The order in which a model comes to be, and what all kinds of objects share.
 */
#include <string.h>

#include "build.h"

struct object build_object(const struct definition *definition)
{
    return (struct object){definition->name, definition->description, definition->place};
}

void build_order(struct builder *b, struct group *group, bool first(const struct definition *))
{
    struct definition **ordered = arena_array(&b->oilc->arena, group->count + 1, sizeof(*ordered));
    size_t count = 0;

    for (int pass = 1; pass >= 0; pass--) {
        for (size_t i = 0; i < group->count; i++) {
            if (first(group->at[i]) == (pass == 1)) {
                group->at[i]->index = count;
                ordered[count++] = group->at[i];
            }
        }
    }
    memcpy(group->at, ordered, group->count * sizeof(*ordered));
}

static struct group group_of(struct builder *b, const char *kind)
{
    struct group group = {0};

    for (struct definition *d = b->oilc->definitions; d; d = d->next) {
        group.count += strcmp(d->kind, kind) == 0;
    }
    group.at = arena_array(&b->oilc->arena, group.count + 1, sizeof(*group.at));
    group.count = 0;
    for (struct definition *d = b->oilc->definitions; d; d = d->next) {
        if (strcmp(d->kind, kind) == 0) {
            d->index = group.count;
            group.at[group.count++] = d;
        }
    }
    return group;
}

void build_limit(struct builder *b, const struct group *group, size_t limit, const char *what)
{
    if (group->count > limit) {
        error_at(b->oilc, group->at[limit]->place, "%zu %s; the most is %zu", group->count, what,
                 limit);
    }
}

void build_contradiction(struct builder *b, const struct attribute *one,
                         const struct attribute *other)
{
    error_at(b->oilc, other->place, "`%s = %s` contradicts `%s = %s`", other->name,
             other->value.text, one->name, one->value.text);
    note_at(b->oilc, one->place, "`%s` is here", one->name);
}

uint32_t build_either(struct builder *b, const struct attribute *const *ways, size_t count,
                      uint32_t otherwise)
{
    const struct attribute *said = NULL;

    for (size_t i = 0; i < count; i++) {
        const struct attribute *way = ways[i];

        if (!way || way->value.kind != VALUE_INTEGER) {
            continue;
        }
        if (!said || said->is_default) {
            said = way;
        } else if (!way->is_default && way->value.magnitude != said->value.magnitude) {
            build_contradiction(b, said, way);
        }
    }
    return said ? (uint32_t)said->value.magnitude : otherwise;
}

uint32_t build_autostart(struct builder *b, const struct definition *owner)
{
    const struct attribute *params = get_params(owner->attributes, "AUTOSTART");
    uint32_t modes = 0;

    if (!get_bool(owner->attributes, "AUTOSTART")) {
        return 0;
    }
    for_each(mode, params, "APPMODE")
    {
        modes |= 1u << mode->target->index;
    }
    if (modes == 0 && b->appmodes.count > 1) {
        warn_at(b->oilc, get_place(owner->attributes, "AUTOSTART", owner->place),
                "%s `%s` starts in the default mode `%s` alone; say which with APPMODE",
                owner->kind, owner->name, b->appmodes.at[0]->name);
    }
    return modes ? modes : 1;
}

static bool has_event(const struct model_task *task, const struct model_event *event)
{
    for (size_t i = 0; i < task->event_count; i++) {
        if (task->events[i] == event) {
            return true;
        }
    }
    return false;
}

static void check_event(struct builder *b, const struct attribute *attribute,
                        const struct model_action *action)
{
    const char *task = action->task->object.name;

    if (!action->task->extended) {
        error_at(b->oilc, attribute->place,
                 "SETEVENT for task `%s`, which is a basic task: it lists no EVENT", task);
    } else if (!has_event(action->task, action->event)) {
        error_at(b->oilc, attribute->place, "event `%s` is not among the EVENTs of task `%s`",
                 action->event->object.name, task);
    }
}

/* A callback is a function of the application, so its name must be one. */
static const char *callback(struct builder *b, const struct attribute *params)
{
    const struct attribute *name = get(params, "ALARMCALLBACKNAME");

    if (!name_is_identifier(name->value.text)) {
        error_at(b->oilc, name->value.place, "\"%s\" cannot be the name of a C function",
                 name->value.text);
    }
    return name->value.text;
}

struct model_action build_action(struct builder *b, const struct attribute *attribute)
{
    const struct attribute *params = attribute->params;
    const struct definition *task = get_target(params, "TASK");
    const struct definition *event = get_target(params, "EVENT");
    const struct definition *counter = get_target(params, "COUNTER");
    const char *kind = attribute->value.text;
    struct model_action action = {.kind = ACT_HANDLER};

    if (strcmp(kind, "ACTIVATETASK") == 0) {
        action.kind = ACT_ACTIVATETASK;
        action.task = &b->model->tasks[task->index];
    } else if (strcmp(kind, "SETEVENT") == 0) {
        action.kind = ACT_SETEVENT;
        action.task = &b->model->tasks[task->index];
        action.event = &b->model->events[event->index];
        check_event(b, attribute, &action);
    } else if (strcmp(kind, "INCREMENTCOUNTER") == 0) {
        action.kind = ACT_INCREMENTCOUNTER;
        action.counter = &b->model->counters[counter->index];
    } else if (strcmp(kind, "ALARMCALLBACK") == 0) {
        action.kind = ACT_CALLBACK;
        action.callback = callback(b, params);
    }
    return action;
}

/* A definition that stands for a missing one, with no attributes. */
static const struct definition *nothing(struct builder *b, const char *kind, const char *name)
{
    struct definition *definition = arena_alloc(&b->oilc->arena, sizeof(*definition));

    definition->kind = kind;
    definition->name = name;
    definition->description = "";
    return definition;
}

/* The one object of a kind that may be there once only. */
static const struct definition *only(struct builder *b, const char *kind, const char *name)
{
    const struct group group = group_of(b, kind);

    for (size_t i = 1; i < group.count; i++) {
        error_at(b->oilc, group.at[i]->place, "a second %s object, `%s`", kind, group.at[i]->name);
        note_at(b->oilc, group.at[0]->place, "the first is `%s`", group.at[0]->name);
    }
    return group.count ? group.at[0] : nothing(b, kind, name);
}

/* What the steps behind rely on: @return whether it is there, and not more than ids can count. */
static bool collect(struct builder *b, const char *path)
{
    b->os = only(b, "OS", "");
    if (!*b->os->name) {
        error_at(b->oilc, (struct place){.file = path},
                 "there is no OS object; the least is: OS Os { STATUS = EXTENDED; };");
    }
    b->model->cpu_name = only(b, "CPU", "erika_xen")->name;
    b->appmodes = group_of(b, "APPMODE");
    b->events = group_of(b, "EVENT");
    b->tasks = group_of(b, "TASK");
    b->resources = group_of(b, "RESOURCE");
    b->counters = group_of(b, "COUNTER");
    b->alarms = group_of(b, "ALARM");
    b->schedtables = group_of(b, "SCHEDULETABLE");
    b->isrs = group_of(b, "ISR");
    if (b->tasks.count == 0) {
        error_at(b->oilc, (struct place){.file = path},
                 "there is no TASK; the least is: TASK Work { PRIORITY = 1; AUTOSTART = TRUE; };");
    }
    build_limit(b, &b->tasks, 255, "tasks");
    build_limit(b, &b->appmodes, 8, "application modes");
    build_limit(b, &b->counters, 255, "counters");
    build_limit(b, &b->events, (size_t)255 * 32, "events");
    return b->oilc->error_count == 0;
}

static void allocate(struct builder *b)
{
    struct arena *arena = &b->oilc->arena;
    struct model *model = b->model;

    model->tasks = arena_array(arena, b->tasks.count, sizeof(*model->tasks));
    model->events = arena_array(arena, b->events.count, sizeof(*model->events));
    model->counters = arena_array(arena, b->counters.count, sizeof(*model->counters));
    model->alarms = arena_array(arena, b->alarms.count, sizeof(*model->alarms));
    model->resources = arena_array(arena, b->resources.count + 1, sizeof(*model->resources));
}

static const char *without_folders(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

struct model *build(struct oilc *oilc, const char *path)
{
    struct builder b = {.oilc = oilc};

    b.model = arena_alloc(&oilc->arena, sizeof(*b.model));
    b.model->file = without_folders(path);
    if (!collect(&b, path)) {
        return NULL;
    }
    allocate(&b);
    build_os(&b);
    build_appmodes(&b);
    build_counters(&b);
    build_tasks(&b);
    build_events(&b);
    build_isrs(&b);
    build_resources(&b);
    build_alarms(&b);
    build_schedtables(&b);
    build_os_references(&b);
    build_class(&b);
    return b.model;
}
