/* SPDX-License-Identifier: Apache-2.0
 *
 * Application modes, tasks with their priorities and stacks, and the bits of events.
 */
#include <stdlib.h>
#include <string.h>

#include "build.h"

enum { PRIO_LIMIT = 254, SLOT_LIMIT = 255, EVENT_LIMIT = 32, PAGE_BYTES = 4096, STACK_LIMIT = 254 };

static bool is_default_mode(const struct definition *definition)
{
    return strcmp(definition->name, "OSDEFAULTAPPMODE") == 0;
}

/* A mode's number is its place among the modes, as one bit for each is kept. */
static void check_mode_value(struct builder *b, const struct definition *mode)
{
    const struct attribute *value = get(mode->attributes, "VALUE");

    if (get_is_written(mode->attributes, "VALUE") && value->value.magnitude != mode->index) {
        warn_at(b->oilc, value->place, "application mode `%s` has the number %zu here", mode->name,
                mode->index);
    }
}

void build_appmodes(struct builder *b)
{
    struct model *model = b->model;

    build_order(b, &b->appmodes, is_default_mode);
    model->appmode_count = b->appmodes.count;
    model->appmodes = arena_array(&b->oilc->arena, model->appmode_count, sizeof(*model->appmodes));
    for (size_t i = 0; i < model->appmode_count; i++) {
        model->appmodes[i].object = build_object(b->appmodes.at[i]);
        check_mode_value(b, b->appmodes.at[i]);
    }
}

static bool is_extended(const struct definition *definition)
{
    return get(definition->attributes, "EVENT") ||
           get_is(definition->attributes, "TYPE", "EXTENDED");
}

static const struct model_event **events_of(struct builder *b, const struct attribute *list,
                                            size_t *count)
{
    const struct model_event **events =
        arena_array(&b->oilc->arena, get_count(list, "EVENT") + 1, sizeof(*events));

    for_each(attribute, list, "EVENT")
    {
        const struct model_event *event = &b->model->events[attribute->target->index];
        size_t i = 0;

        while (i < *count && events[i] != event) {
            i++;
        }
        if (i == EVENT_LIMIT) {
            error_at(b->oilc, attribute->place, "more than %d events in one task", EVENT_LIMIT);
            break;
        }
        events[i] = event;
        *count += i == *count;
    }
    return events;
}

static unsigned int stack_bytes(struct builder *b, const struct attribute *list)
{
    const struct attribute *const ways[] = {
        get(get_params(list, "STACK"), "SYS_SIZE"),
        get(list, "STACK"),
        get(list, "STACKSIZE"),
    };

    return build_either(b, ways, sizeof(ways) / sizeof(*ways), PAGE_BYTES);
}

static unsigned int whole_pages(unsigned int bytes)
{
    return (bytes + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
}

static unsigned int add_stack(struct builder *b, const char *name, const char *symbol,
                              unsigned int bytes)
{
    struct model *model = b->model;

    model->stacks[model->stack_count] = (struct model_stack){name, symbol, whole_pages(bytes)};
    return (unsigned int)model->stack_count++;
}

static void common_stacks(struct builder *b)
{
    const struct attribute *os = b->os->attributes;
    const struct attribute *const ways[] = {
        get(os, "IRQSTACKSIZE"),
        get(get_params(get_params(os, "MULTI_STACK"), "IRQ_STACK"), "SYS_SIZE"),
    };

    b->model->stacks = arena_array(&b->oilc->arena, b->tasks.count + 2, sizeof(*b->model->stacks));
    add_stack(b, "shared", "stack_shared", get_uint(os, "STACKSIZE"));
    add_stack(b, "interrupt", "stack_interrupt",
              build_either(b, ways, sizeof(ways) / sizeof(*ways), PAGE_BYTES));
}

static unsigned int stack_of(struct builder *b, const struct definition *definition, bool extended)
{
    const struct attribute *list = definition->attributes;
    const char *name = definition->name;

    if (extended && get_is(list, "STACK", "SHARED")) {
        warn_at(b->oilc, get_place(list, "STACK", definition->place),
                "task `%s` waits for events, so it gets a stack of its own: STACK = PRIVATE", name);
    }
    if (!extended && !get_is(list, "STACK", "PRIVATE")) {
        return 0;
    }
    return add_stack(b, name, arena_print(&b->oilc->arena, "stack_task_%s", name),
                     stack_bytes(b, list));
}

static void check_extended(struct builder *b, const struct definition *definition)
{
    const struct attribute *list = definition->attributes;

    if (get_is(list, "TYPE", "BASIC")) {
        error_at(b->oilc, get_place(list, "TYPE", definition->place),
                 "task `%s` has an EVENT, so it is extended, not BASIC", definition->name);
    }
    if (get_uint(list, "ACTIVATION") > 1) {
        error_at(b->oilc, get_place(list, "ACTIVATION", definition->place),
                 "task `%s` waits for events; only basic tasks can be activated more than once "
                 "(OSEK 4.3)",
                 definition->name);
    }
}

static void build_task(struct builder *b, const struct definition *definition)
{
    const struct attribute *list = definition->attributes;
    struct model_task *task = &b->model->tasks[definition->index];

    task->object = build_object(definition);
    task->extended = is_extended(definition);
    task->preemptable = !get_is(list, "SCHEDULE", "NON");
    task->uses_fpu = get_bool(list, "USEFPU");
    task->oil_priority = get_uint(list, "PRIORITY");
    task->activations = get_uint(list, "ACTIVATION");
    task->autostart_modes = build_autostart(b, definition);
    task->stack = stack_of(b, definition, task->extended);
    task->events = events_of(b, list, &task->event_count);
    if (task->extended) {
        check_extended(b, definition);
    }
}

static int by_number(const void *a, const void *b)
{
    const unsigned int x = *(const unsigned int *)a, y = *(const unsigned int *)b;

    return (x > y) - (x < y);
}

/* OIL's numbers may have gaps; the kernel's have none, and 0 is idle's. */
static void dense_priorities(struct builder *b)
{
    struct model *model = b->model;
    unsigned int *numbers = arena_array(&b->oilc->arena, model->task_count + 1, sizeof(*numbers));
    size_t count = 0;

    for (size_t i = 0; i < model->task_count; i++) {
        numbers[i] = model->tasks[i].oil_priority;
    }
    qsort(numbers, model->task_count, sizeof(*numbers), by_number);
    for (size_t i = 0; i < model->task_count; i++) {
        if (count == 0 || numbers[count - 1] != numbers[i]) {
            numbers[count++] = numbers[i];
        }
    }
    for (size_t i = 0; i < model->task_count; i++) {
        const unsigned int *found =
            bsearch(&model->tasks[i].oil_priority, numbers, count, sizeof(*numbers), by_number);

        model->tasks[i].prio = (unsigned int)(found - numbers) + 1;
    }
    model->prio_count = (unsigned int)count + 1;
}

static void check_priorities(struct builder *b)
{
    const struct model *model = b->model;
    unsigned int slots[PRIO_LIMIT + 1] = {0};

    for (size_t i = 0; i < model->task_count; i++) {
        const struct model_task *task = &model->tasks[i];

        if (task->prio > PRIO_LIMIT) {
            error_at(b->oilc, task->object.place,
                     "the tasks have %u different priorities; the most is %d",
                     model->prio_count - 1, PRIO_LIMIT);
            return;
        }
        slots[task->prio] += task->activations;
        if (slots[task->prio] > SLOT_LIMIT) {
            error_at(b->oilc, task->object.place,
                     "the tasks of PRIORITY %u may be activated more than %d times together",
                     task->oil_priority, SLOT_LIMIT);
            return;
        }
    }
}

void build_tasks(struct builder *b)
{
    struct model *model = b->model;

    build_order(b, &b->tasks, is_extended);
    model->task_count = b->tasks.count;
    common_stacks(b);
    for (size_t i = 0; i < model->task_count; i++) {
        build_task(b, b->tasks.at[i]);
        model->extended_count += model->tasks[i].extended;
    }
    if (model->stack_count > 2 + STACK_LIMIT) {
        error_at(b->oilc, b->os->place, "%zu tasks have stacks of their own; the most is %d",
                 model->stack_count - 2, STACK_LIMIT);
    }
    dense_priorities(b);
    check_priorities(b);
}

/* Bits of the other events of all tasks that have this one. */
static uint32_t neighbours(const struct model *model, const struct model_event *event)
{
    uint32_t all = 0;

    for (size_t i = 0; i < model->task_count; i++) {
        const struct model_task *task = &model->tasks[i];
        uint32_t bits = 0;
        bool has = false;

        for (size_t j = 0; j < task->event_count; j++) {
            has |= task->events[j] == event;
            bits |= task->events[j]->mask;
        }
        all |= has ? bits : 0;
    }
    return all;
}

static void choose_mask(struct builder *b, struct model_event *event)
{
    const uint32_t busy = neighbours(b->model, event);

    if (busy == UINT32_MAX) {
        error_at(b->oilc, event->object.place,
                 "no bit is left for event `%s`: the other events of its tasks have all 32",
                 event->object.name);
        return;
    }
    event->mask = ~busy & (busy + 1);
}

static void check_overlap(struct builder *b, const struct model_task *task)
{
    for (size_t i = 0; i < task->event_count; i++) {
        for (size_t j = 0; j < i; j++) {
            if (task->events[i]->mask & task->events[j]->mask) {
                error_at(b->oilc, task->events[i]->object.place,
                         "events `%s` and `%s` of task `%s` share a bit of their MASKs",
                         task->events[j]->object.name, task->events[i]->object.name,
                         task->object.name);
                return;
            }
        }
    }
}

void build_events(struct builder *b)
{
    struct model *model = b->model;

    model->event_count = b->events.count;
    for (size_t i = 0; i < model->event_count; i++) {
        model->events[i].object = build_object(b->events.at[i]);
        model->events[i].mask = get_uint(b->events.at[i]->attributes, "MASK");
    }
    for (size_t i = 0; i < model->event_count; i++) {
        if (model->events[i].mask == 0) {
            choose_mask(b, &model->events[i]);
        }
    }
    for (size_t i = 0; i < model->task_count; i++) {
        check_overlap(b, &model->tasks[i]);
    }
}
