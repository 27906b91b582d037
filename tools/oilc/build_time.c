/* SPDX-License-Identifier: Apache-2.0
 *
 * Counters, alarms, and schedule tables with AUTOSAR's rules for their offsets.
 */
#include <stdlib.h>
#include <string.h>

#include "lib/pqueue.h"

#include "build.h"

enum { TICK_NS = 1000000, TICK_LIMIT_NS = 1000000000, QUEUE_LIMIT = 32768 };

#define RANGE_YEARS 10u
#define RANGE_NS    (RANGE_YEARS * UINT64_C(31557600000000000))

static bool is_system_name(const char *name)
{
    return strcmp(name, "SystemCounter") == 0 || strcmp(name, "OSSystemCounter") == 0;
}

static bool is_timer(const struct definition *counter)
{
    const struct attribute *list = counter->attributes;

    if (get_is_written(list, "SOURCE")) {
        return get_is(list, "SOURCE", "TIMER");
    }
    if (get_is_written(list, "TYPE")) {
        return get_is(list, "TYPE", "HARDWARE");
    }
    return get_is_written(list, "TICKDURATION") || get_is_written(list, "SECONDSPERTICK") ||
           is_system_name(counter->name);
}

/* SOURCE is ours, TYPE is AUTOSAR's. */
static void check_source(struct builder *b, const struct attribute *list)
{
    if (get_is_written(list, "SOURCE") && get_is_written(list, "TYPE") &&
        get_is(list, "SOURCE", "TIMER") != get_is(list, "TYPE", "HARDWARE")) {
        build_contradiction(b, get(list, "SOURCE"), get(list, "TYPE"));
    }
}

static uint32_t seconds_ns(struct builder *b, const struct attribute *seconds)
{
    const double ns = seconds->value.real * 1e9 + 0.5;

    if (!(ns >= 1 && ns < TICK_LIMIT_NS + 1.0)) {
        error_at(b->oilc, seconds->place, "a tick of %s s; possible: 1 ns to 1 s",
                 seconds->value.text);
        return TICK_NS;
    }
    return (uint32_t)ns;
}

/* TICKDURATION is ours, SECONDSPERTICK is AUTOSAR's. */
static uint32_t tick_ns(struct builder *b, const struct attribute *list)
{
    const bool duration = get_is_written(list, "TICKDURATION");
    const bool seconds = get_is_written(list, "SECONDSPERTICK");
    const uint32_t ns = seconds ? seconds_ns(b, get(list, "SECONDSPERTICK")) : TICK_NS;

    if (duration && seconds && get_uint(list, "TICKDURATION") != ns) {
        build_contradiction(b, get(list, "TICKDURATION"), get(list, "SECONDSPERTICK"));
    }
    return duration ? get_uint(list, "TICKDURATION") : ns;
}

static void build_counter(struct builder *b, const struct definition *definition)
{
    const struct attribute *list = definition->attributes;
    struct model_counter *counter = &b->model->counters[definition->index];

    check_source(b, list);
    counter->object = build_object(definition);
    counter->max_allowed = get_uint(list, "MAXALLOWEDVALUE");
    counter->ticks_per_base = get_uint(list, "TICKSPERBASE");
    counter->min_cycle = get_uint(list, "MINCYCLE");
    counter->tick_ns = is_timer(definition) ? tick_ns(b, list) : 0;
    if (counter->min_cycle > counter->max_allowed) {
        error_at(b->oilc, get_place(list, "MINCYCLE", definition->place),
                 "counter `%s`: MINCYCLE %u is above MAXALLOWEDVALUE %u", definition->name,
                 counter->min_cycle, counter->max_allowed);
    }
    if (counter->tick_ns == 0 && get_is_written(list, "TICKDURATION")) {
        warn_at(b->oilc, get_place(list, "TICKDURATION", definition->place),
                "counter `%s` is counted by IncrementCounter(): TICKDURATION has no effect",
                definition->name);
    }
}

/* The one whose constants have no suffix: by its name, or the first that the timer drives. */
static void choose_system_counter(struct model *model)
{
    for (size_t i = 0; i < model->counter_count; i++) {
        if (is_system_name(model->counters[i].object.name)) {
            model->counters[i].is_system = true;
            return;
        }
    }
    if (model->timer_counter_count > 0) {
        model->counters[0].is_system = true;
    }
}

void build_counters(struct builder *b)
{
    struct model *model = b->model;

    build_order(b, &b->counters, is_timer);
    model->counter_count = b->counters.count;
    for (size_t i = 0; i < model->counter_count; i++) {
        build_counter(b, b->counters.at[i]);
        model->timer_counter_count += model->counters[i].tick_ns != 0;
    }
    choose_system_counter(model);
}

static struct model_counter *counter_of(struct builder *b, const struct definition *owner)
{
    return &b->model->counters[get_target(owner->attributes, "COUNTER")->index];
}

static void check_alarm_start(struct builder *b, const struct definition *definition,
                              const struct model_alarm *alarm)
{
    const struct attribute *params = get_params(definition->attributes, "AUTOSTART");
    const struct model_counter *counter = alarm->counter;

    if (alarm->start == 0) {
        error_at(b->oilc, get_place(params, "ALARMTIME", definition->place),
                 "ALARMTIME 0 is no time to come; the soonest is 1 tick");
    } else if (alarm->start > counter->max_allowed) {
        error_at(b->oilc, get_place(params, "ALARMTIME", definition->place),
                 "ALARMTIME %u is above counter `%s`'s MAXALLOWEDVALUE %u", alarm->start,
                 counter->object.name, counter->max_allowed);
    }
    if (alarm->cycle != 0 &&
        (alarm->cycle < counter->min_cycle || alarm->cycle > counter->max_allowed)) {
        error_at(b->oilc, get_place(params, "CYCLETIME", definition->place),
                 "CYCLETIME %u; counter `%s` allows 0 (once) and MINCYCLE %u to MAXALLOWEDVALUE %u",
                 alarm->cycle, counter->object.name, counter->min_cycle, counter->max_allowed);
    }
}

static void build_alarm(struct builder *b, const struct definition *definition)
{
    const struct attribute *list = definition->attributes;
    const struct attribute *params = get_params(list, "AUTOSTART");
    struct model_alarm *alarm = &b->model->alarms[definition->index];

    alarm->object = build_object(definition);
    alarm->counter = counter_of(b, definition);
    alarm->item = counter_of(b, definition)->item_count++;
    alarm->action = build_action(b, get(list, "ACTION"));
    alarm->autostart_modes = build_autostart(b, definition);
    alarm->start = get_uint(params, "ALARMTIME");
    alarm->cycle = get_uint(params, "CYCLETIME");
    if (alarm->autostart_modes != 0) {
        check_alarm_start(b, definition, alarm);
    }
}

/* A tick's number and an item's share 64 bits (lib/pqueue.h). */
static void check_range(struct builder *b, const struct definition *definition)
{
    const size_t items = b->alarms.count + b->schedtables.count;
    const uint64_t ticks = UINT64_MAX >> PQUEUE_ITEM_BITS((unsigned int)items);
    const uint32_t ns = b->model->counters[definition->index].tick_ns;

    if (ns != 0 && ticks < RANGE_NS / ns) {
        error_at(
            b->oilc, get_place(definition->attributes, "TICKDURATION", definition->place),
            "counter `%s`: ticks of %u ns can be counted for less than %u years where there are "
            "%zu alarms and schedule tables; possible: %llu ns and more",
            definition->name, ns, RANGE_YEARS, items, (unsigned long long)(RANGE_NS / ticks + 1));
    }
}

void build_alarms(struct builder *b)
{
    b->model->alarm_count = b->alarms.count;
    for (size_t i = 0; i < b->alarms.count; i++) {
        build_alarm(b, b->alarms.at[i]);
    }
    if (b->alarms.count + b->schedtables.count > QUEUE_LIMIT) {
        error_at(b->oilc, b->os->place, "%zu alarms and schedule tables; the most is %d together",
                 b->alarms.count + b->schedtables.count, QUEUE_LIMIT);
        return;
    }
    for (size_t i = 0; i < b->counters.count; i++) {
        check_range(b, b->counters.at[i]);
    }
}

/* Tasks are activated before events are set (AUTOSAR SWS_Os_00412). */
static void build_point(struct builder *b, const struct attribute *attribute,
                        struct model_point *point)
{
    const struct attribute *list = attribute->params;
    const size_t count = get_count(list, "ACTION");

    point->place = attribute->place;
    point->offset = get_uint(list, "OFFSET");
    point->actions = arena_array(&b->oilc->arena, count, sizeof(*point->actions));
    for (enum action kind = ACT_ACTIVATETASK; kind <= ACT_SETEVENT; kind++) {
        for_each(action, list, "ACTION")
        {
            if (get_is(action, "ACTION", kind == ACT_SETEVENT ? "SETEVENT" : "ACTIVATETASK")) {
                point->actions[point->action_count++] = build_action(b, action);
            }
        }
    }
    if (count == 0) {
        error_at(b->oilc, attribute->place,
                 "the expiry point at %u does nothing: it lacks an ACTION (AUTOSAR SWS_Os_00407)",
                 point->offset);
    }
}

static int by_offset(const void *a, const void *b)
{
    const struct model_point *x = a, *y = b;

    return (x->offset > y->offset) - (x->offset < y->offset);
}

/* Delays between expiry points that a counter can make: MINCYCLE .. MAXALLOWEDVALUE. */
static bool possible(const struct model_counter *counter, uint32_t delay)
{
    return delay >= counter->min_cycle && delay <= counter->max_allowed;
}

static void check_last_point(struct builder *b, const struct model_schedtable *table,
                             const struct model_point *last)
{
    const struct model_counter *counter = table->counter;
    const uint32_t rest = table->duration - last->offset;

    if (last->offset > table->duration) {
        error_at(b->oilc, last->place, "the expiry point at %u is behind the end, DURATION = %u",
                 last->offset, table->duration);
    } else if (table->repeating && (rest == 0 || !possible(counter, rest))) {
        error_at(b->oilc, last->place,
                 "%u ticks from the last expiry point to the end of a table that repeats; "
                 "possible: MINCYCLE %u to MAXALLOWEDVALUE %u (AUTOSAR SWS_Os_00444)",
                 rest, counter->min_cycle, counter->max_allowed);
    }
}

static void check_points(struct builder *b, const struct model_schedtable *table)
{
    const struct model_counter *counter = table->counter;
    const struct model_point *first = table->points;
    const struct model_point *last = first + table->point_count - 1;

    if (first->offset != 0 && !possible(counter, first->offset)) {
        error_at(b->oilc, first->place,
                 "the first expiry point at %u; possible: 0 and MINCYCLE %u to MAXALLOWEDVALUE %u "
                 "(AUTOSAR SWS_Os_00443)",
                 first->offset, counter->min_cycle, counter->max_allowed);
    }
    for (const struct model_point *p = first; p < last; p++) {
        if (p[1].offset == p->offset || !possible(counter, p[1].offset - p->offset)) {
            error_at(b->oilc, p[1].place,
                     "%u ticks from the expiry point at %u to that at %u; possible: MINCYCLE %u "
                     "to MAXALLOWEDVALUE %u (AUTOSAR SWS_Os_00408)",
                     p[1].offset - p->offset, p->offset, p[1].offset, counter->min_cycle,
                     counter->max_allowed);
        }
    }
    check_last_point(b, table, last);
}

static void check_table(struct builder *b, const struct definition *definition,
                        const struct model_schedtable *table)
{
    const struct attribute *list = definition->attributes;
    const uint32_t most = table->counter->max_allowed;
    const uint32_t first = table->point_count ? table->points[0].offset : 0;

    if (table->duration > most) {
        error_at(b->oilc, get_place(list, "DURATION", definition->place),
                 "DURATION %u is above counter `%s`'s MAXALLOWEDVALUE %u", table->duration,
                 table->counter->object.name, most);
    }
    if (table->autostart_modes == 0) {
        return;
    }
    if (table->autostart_absolute ? table->start > most
                                  : table->start == 0 || table->start > most - first) {
        error_at(b->oilc, get_place(get_params(list, "AUTOSTART"), "VALUE", definition->place),
                 "VALUE %u; possible: %d to %u", table->start, !table->autostart_absolute,
                 table->autostart_absolute ? most : most - first);
    }
}

static void build_points(struct builder *b, const struct definition *definition,
                         struct model_schedtable *table)
{
    size_t count = get_count(definition->attributes, "EXPIRYPOINT");
    struct model_point *point;

    table->points = point = arena_array(&b->oilc->arena, count, sizeof(*point));
    table->point_count = count;
    for_each(attribute, definition->attributes, "EXPIRYPOINT")
    {
        build_point(b, attribute, point++);
    }
    qsort(table->points, count, sizeof(*point), by_offset);
    if (count == 0) {
        error_at(b->oilc, definition->place,
                 "schedule table `%s` lacks an EXPIRYPOINT (AUTOSAR SWS_Os_00401)",
                 definition->name);
    } else if (count > UINT16_MAX) {
        error_at(b->oilc, definition->place, "%zu expiry points; the most is %d", count,
                 UINT16_MAX);
    } else {
        check_points(b, table);
    }
}

void build_schedtables(struct builder *b)
{
    struct model *model = b->model;

    model->schedtable_count = b->schedtables.count;
    model->schedtables =
        arena_array(&b->oilc->arena, b->schedtables.count, sizeof(*model->schedtables));
    for (size_t i = 0; i < b->schedtables.count; i++) {
        const struct definition *definition = b->schedtables.at[i];
        const struct attribute *params = get_params(definition->attributes, "AUTOSTART");
        struct model_schedtable *table = &model->schedtables[i];

        table->object = build_object(definition);
        table->counter = counter_of(b, definition);
        table->item = counter_of(b, definition)->item_count++;
        table->duration = get_uint(definition->attributes, "DURATION");
        table->repeating = get_bool(definition->attributes, "REPEATING");
        table->autostart_modes = build_autostart(b, definition);
        table->autostart_absolute = get_is(params, "TYPE", "ABSOLUTE");
        table->start = get_uint(params, "VALUE");
        build_points(b, definition, table);
        check_table(b, definition, table);
    }
}
