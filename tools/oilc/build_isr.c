/* SPDX-License-Identifier: Apache-2.0
 *
 * Interrupts: where they come from, what they do, and which cannot be there together.
 */
#include <ctype.h>
#include <string.h>

#include "build.h"

enum { TIMER_LINE = 27, EVENT_LINE = 31, CHANNEL_LIMIT = 32, ISR_LIMIT = 239 };

/* Letters, digits and signs that can be told apart in EVTCHN_NAME. */
static void check_channel(struct builder *b, const struct model_isr *isr, struct place place)
{
    bool good = *isr->channel != 0;

    for (const char *c = isr->channel; *c; c++) {
        good &= isalnum((unsigned char)*c) || *c == '_' || *c == '-';
    }
    if (!good) {
        error_at(b->oilc, place,
                 "a channel's name is made of letters, digits, `_` and `-`, not \"%s\"",
                 isr->channel);
    }
    if (is_drivers_channel(isr) && isr->action.kind != ACT_HANDLER) {
        error_at(b->oilc, place, "the channel \"%s\" has a driver: only PRIORITY can be said",
                 isr->channel);
    }
    if (has_drivers_port(isr) && (isr->port != 0 || isr->virq != XEN_NO_VIRQ)) {
        error_at(b->oilc, place,
                 "the driver of the channel \"%s\" gets its port from Xen: leave %s out",
                 isr->channel, isr->port != 0 ? "PORT" : "VIRQ");
    } else if (isr->port != 0 && isr->virq != XEN_NO_VIRQ) {
        error_at(b->oilc, place,
                 "the channel \"%s\" is another domain's (PORT) or Xen's own (VIRQ), not both",
                 isr->channel);
    }
}

/* An ISR of which OIL says no source: an event channel of its own name. */
static void build_source(struct builder *b, const struct definition *definition,
                         struct model_isr *isr)
{
    const struct attribute *list = definition->attributes;
    const struct attribute *params = get_params(list, "SOURCE");
    const struct place place = get_place(list, "SOURCE", definition->place);

    if (get_is(list, "SOURCE", "GIC")) {
        isr->source = SOURCE_GIC;
        isr->line = get_uint(params, "LINE");
        if (isr->line == TIMER_LINE || isr->line == EVENT_LINE) {
            error_at(b->oilc, place, "line %u belongs to %s", isr->line,
                     isr->line == TIMER_LINE ? "the timer" : "the event channels");
        }
    } else if (get_is(list, "SOURCE", "TIMER")) {
        isr->source = SOURCE_TIMER;
        if (b->model->timer_counter_count > 0) {
            error_at(b->oilc, place, "counter `%s` uses the timer: it has no interrupt for an ISR",
                     b->model->counters[0].object.name);
        }
    } else {
        isr->source = SOURCE_EVENTCHANNEL;
        isr->channel =
            get_is(list, "SOURCE", "EVENTCHANNEL") ? get_text(params, "NAME") : definition->name;
        isr->port = get_is(list, "SOURCE", "EVENTCHANNEL") ? get_uint(params, "PORT") : 0;
        isr->virq = get_is(params, "VIRQ", "DEBUG") ? XEN_VIRQ_DEBUG : XEN_NO_VIRQ;
        check_channel(b, isr, place);
        if (!get_is_written(list, "SOURCE") && isr->category == 1) {
            error_at(b->oilc, place, "ISR `%s` lacks a SOURCE: say SOURCE = GIC { LINE = number; }",
                     definition->name);
        } else if (!get_is_written(list, "SOURCE")) {
            warn_at(b->oilc, place,
                    "ISR `%s` has no SOURCE: it will be an event channel of that name",
                    definition->name);
        }
    }
}

static void check_category_1(struct builder *b, const struct definition *definition,
                             const struct model_isr *isr)
{
    const struct attribute *list = definition->attributes;
    const char *wrong = NULL;

    if (get(list, "RESOURCE")) {
        wrong = "RESOURCE";
    } else if (isr->action.kind != ACT_HANDLER) {
        wrong = "ACTION";
    } else if (is_channel(isr) && get_is_written(list, "SOURCE")) {
        wrong = "SOURCE";
    } else if (isr->uses_fpu) {
        wrong = "USEFPU";
    }
    if (wrong) {
        error_at(b->oilc, get_place(list, wrong, definition->place),
                 "ISR `%s` is of category 1, which knows nothing of the operating system: its %s "
                 "needs CATEGORY = 2",
                 definition->name, wrong);
    }
}

static void check_action(struct builder *b, const struct definition *definition,
                         const struct model_isr *isr)
{
    if (isr->action.kind == ACT_INCREMENTCOUNTER && isr->action.counter->tick_ns != 0) {
        error_at(b->oilc, get_place(definition->attributes, "ACTION", definition->place),
                 "counter `%s` is driven by the timer; INCREMENTCOUNTER is for SOURCE = SOFTWARE",
                 isr->action.counter->object.name);
    }
}

static void build_isr(struct builder *b, const struct definition *definition)
{
    const struct attribute *list = definition->attributes;
    struct model_isr *isr = &b->model->isrs[definition->index];

    isr->object = build_object(definition);
    isr->category = get_uint(list, "CATEGORY");
    isr->level = get_uint(list, "PRIORITY");
    isr->uses_fpu = get_bool(list, "USEFPU");
    isr->action = build_action(b, get(list, "ACTION"));
    build_source(b, definition, isr);
    check_action(b, definition, isr);
    if (isr->category == 1) {
        check_category_1(b, definition, isr);
    }
}

/* A port leads to one handler, and Xen has one port for each VIRQ of a vCPU. */
static bool same_end(const struct model_isr *a, const struct model_isr *b)
{
    return (a->port != 0 && a->port == b->port) || (a->virq != XEN_NO_VIRQ && a->virq == b->virq);
}

/* As EVTCHN_NAME shows them: capitals and small letters are the same, `-` is `_`. */
static bool same_channel(const char *a, const char *b)
{
    while (*a && (toupper((unsigned char)*a) == toupper((unsigned char)*b) ||
                  (strchr("-_", *a) && *b && strchr("-_", *b)))) {
        a++;
        b++;
    }
    return *a == *b;
}

static bool collide(const struct model_isr *a, const struct model_isr *b)
{
    if (a->source != b->source) {
        return false;
    }
    return is_channel(a)             ? same_channel(a->channel, b->channel) || same_end(a, b)
           : a->source == SOURCE_GIC ? a->line == b->line
                                     : true;
}

static void check_collisions(struct builder *b)
{
    const struct model *model = b->model;

    for (size_t i = 0; i < model->isr_count && !b->oilc->gave_up; i++) {
        for (size_t j = 0; j < i; j++) {
            if (collide(&model->isrs[i], &model->isrs[j])) {
                error_at(b->oilc, model->isrs[i].object.place,
                         "ISR `%s` has the same SOURCE as `%s`", model->isrs[i].object.name,
                         model->isrs[j].object.name);
                note_at(b->oilc, model->isrs[j].object.place, "`%s` is here",
                        model->isrs[j].object.name);
                break;
            }
        }
    }
}

/* All channels share one interrupt, so one level: the highest. */
static void share_level(struct builder *b)
{
    struct model *model = b->model;
    const struct model_isr *different = NULL;
    size_t count = 2;

    for (size_t i = 0; i < model->isr_count; i++) {
        const struct model_isr *isr = &model->isrs[i];

        if (!is_channel(isr)) {
            continue;
        }
        count += !is_drivers_channel(isr);
        if (model->os.event_level != 0 && model->os.event_level != isr->level) {
            different = isr;
        }
        if (model->os.event_level < isr->level) {
            model->os.event_level = isr->level;
        }
    }
    if (different) {
        note_at(b->oilc, different->object.place,
                "event channels share one interrupt, of level %u; their PRIORITYs only decide "
                "which handler goes first",
                model->os.event_level);
    }
    if (count > CHANNEL_LIMIT) {
        error_at(b->oilc, b->os->place,
                 "%zu event channels, \"console\" and \"xenstore\" included; the most is %d", count,
                 CHANNEL_LIMIT);
    }
}

/* All others are bound by the port, one by one. */
static void check_count(struct builder *b)
{
    size_t count = 0;

    for (size_t i = 0; i < b->model->isr_count; i++) {
        count += !is_channel(&b->model->isrs[i]);
    }
    if (count > ISR_LIMIT) {
        error_at(b->oilc, b->os->place, "%zu ISRs beside those of event channels; the most is %d",
                 count, ISR_LIMIT);
    }
}

void build_isrs(struct builder *b)
{
    struct model *model = b->model;

    model->isr_count = b->isrs.count;
    model->isrs = arena_array(&b->oilc->arena, b->isrs.count, sizeof(*model->isrs));
    for (size_t i = 0; i < b->isrs.count; i++) {
        build_isr(b, b->isrs.at[i]);
    }
    check_collisions(b);
    share_level(b);
    check_count(b);
}
