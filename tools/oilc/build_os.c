/* SPDX-License-Identifier: Apache-2.0
 *
 * What stands in the OS object, and the conformance class.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "build.h"

const char *const class_names[CLASS_COUNT] = {"BCC1", "BCC2", "ECC1", "ECC2"};

static void hooks(struct model_os *os, const struct attribute *list)
{
    os->startup_hook = get_bool(list, "STARTUPHOOK");
    os->shutdown_hook = get_bool(list, "SHUTDOWNHOOK");
    os->error_hook = get_bool(list, "ERRORHOOK");
    os->pretask_hook = get_bool(list, "PRETASKHOOK");
    os->posttask_hook = get_bool(list, "POSTTASKHOOK");
    os->idle_hook = get_bool(list, "IDLEHOOK");
    os->use_get_service_id = get_bool(list, "USEGETSERVICEID");
    os->use_parameter_access = get_bool(list, "USEPARAMETERACCESS");
    os->use_res_scheduler = get_bool(list, "USERESSCHEDULER");
}

static void stated_class(struct model_os *os, const struct attribute *list)
{
    const char *name = get_text(list, "KERNEL_TYPE");

    if (strcmp(name, "OSEK") == 0) {
        name = get_text(get_params(list, "KERNEL_TYPE"), "CLASS");
    }
    for (unsigned int i = 0; i < CLASS_COUNT; i++) {
        if (strcmp(name, class_names[i]) == 0) {
            os->stated_class = i;
            os->class_is_stated = true;
        }
    }
}

static enum console_choice console_of(const struct attribute *list)
{
    static const char *const names[] = {"PV", "UART", "NONE"};

    for (unsigned int i = 0; i < 3; i++) {
        if (get_is(list, "CONSOLE", names[i])) {
            return CONSOLE_PV + i;
        }
    }
    return CONSOLE_AUTO;
}

static enum echo_choice echo_of(const struct attribute *list)
{
    return get_is(list, "CONSOLEECHO", "UART")   ? ECHO_UART
           : get_is(list, "CONSOLEECHO", "NONE") ? ECHO_NONE
                                                 : ECHO_CONSOLE;
}

/* "PA15": port A .. L, pin 0 .. 31 */
static bool is_pin(const char *name)
{
    char *end;

    if (name[0] != 'P' || name[1] < 'A' || name[1] > 'L' || !isdigit((unsigned char)name[2])) {
        return false;
    }
    return strtoul(&name[2], &end, 10) <= 31 && !*end && (name[2] != '0' || !name[3]);
}

static bool has_pin(const struct model_os *os, const char *name)
{
    for (size_t i = 0; i < os->pin_count; i++) {
        if (strcmp(os->pins[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static void pins(struct builder *b, struct model_os *os)
{
    const struct attribute *list = b->os->attributes;

    os->pins = arena_array(&b->oilc->arena, get_count(list, "PIN"), sizeof(*os->pins));
    for_each(pin, list, "PIN")
    {
        const char *name = pin->value.text;

        if (!is_pin(name)) {
            error_at(b->oilc, pin->value.place, "\"%s\" is no pin; pins are \"PA0\" to \"PL31\"",
                     name);
        } else if (has_pin(os, name)) {
            error_at(b->oilc, pin->value.place, "pin \"%s\" is there twice", name);
        } else {
            os->pins[os->pin_count++] = name;
        }
    }
}

static void gpio(struct builder *b, struct model_os *os)
{
    const struct attribute *list = b->os->attributes;
    const char *chip = get_text(list, "GPIO");

    pins(b, os);
    if (*chip && strcmp(chip, "NONE") != 0) {
        os->gpio = strcmp(chip, "SUNXI_H3") == 0 ? "sunxi_h3" : "sunxi_a20";
        os->gpio_base = get_uint(get_params(list, "GPIO"), "BASE");
    } else if (get(list, "PIN")) {
        error_at(b->oilc, get(list, "PIN")->place,
                 "a PIN needs a port controller: say GPIO = SUNXI_H3 or SUNXI_A20");
    }
}

void build_os(struct builder *b)
{
    const struct attribute *list = b->os->attributes;
    struct model_os *os = &b->model->os;

    os->object = build_object(b->os);
    os->extended_status = get_is(list, "STATUS", "EXTENDED");
    hooks(os, list);
    stated_class(os, list);
    os->timer_level = get_uint(list, "TIMERPRIORITY");
    os->console = console_of(list);
    os->console_echo = echo_of(list);
    os->console_block_ms = get_uint(get_params(list, "CONSOLEFULL"), "TIMEOUT");
    os->event_budget = get_uint(list, "EVENTBUDGET");
    os->xenstore_ticks = get_uint(list, "XENSTOREINTERVAL");
    os->report = get_bool(list, "REPORT");
    os->grant_frames = get_uint(list, "GRANTFRAMES");
    os->grant_maps = get_uint(list, "GRANTMAPS");
    gpio(b, os);
}

static const struct attribute *single(struct builder *b, const char *name)
{
    const struct attribute *attribute = get(b->os->attributes, name);

    if (attribute && get_next(attribute)) {
        error_at(b->oilc, get_next(attribute)->place, "`%s` can be said once only", name);
    }
    return attribute;
}

/* A task that a driver activates once more while it may be ending. */
static const struct model_task *drivers_task(struct builder *b, const struct attribute *attribute,
                                             const char *what)
{
    const struct model_task *task;

    if (!attribute) {
        return NULL;
    }
    task = &b->model->tasks[attribute->target->index];
    if (task->activations != 2) {
        error_at(b->oilc, attribute->place,
                 "the %s `%s` may be wanted again at the moment when it ends: it must have "
                 "ACTIVATION = 2",
                 what, task->object.name);
    }
    return task;
}

static void drivers_tasks(struct builder *b)
{
    const struct attribute *input = get_params(b->os->attributes, "CONSOLEINPUT");

    b->model->os.storm_task = drivers_task(b, single(b, "STORMTASK"), "STORMTASK");
    b->model->os.console_task = drivers_task(b, get(input, "TASK"), "console's task");
}

static void xenstore_alarm(struct builder *b)
{
    const struct attribute *attribute = single(b, "XENSTOREALARM");
    const struct model_alarm *alarm;

    if (!attribute) {
        return;
    }
    alarm = &b->model->alarms[attribute->target->index];
    b->model->os.xenstore_alarm = alarm;
    if (alarm->action.kind != ACT_CALLBACK || strcmp(alarm->action.callback, "xs_tick") != 0) {
        error_at(b->oilc, attribute->place,
                 "the XENSTOREALARM `%s` must have ACTION = ALARMCALLBACK { ALARMCALLBACKNAME = "
                 "\"xs_tick\"; }",
                 alarm->object.name);
    } else if (alarm->autostart_modes != 0) {
        error_at(b->oilc, attribute->place,
                 "the XENSTOREALARM `%s` is started when the store is asked: AUTOSTART = FALSE",
                 alarm->object.name);
    }
}

static bool is_fed_in_time(const struct model_alarm *alarm, uint64_t seconds)
{
    const uint64_t tick_ns = alarm->counter->tick_ns; /* 0: who knows */
    const uint64_t timeout_ns = seconds * 1000000000u;

    return alarm->start * tick_ns < timeout_ns && alarm->cycle * tick_ns < timeout_ns;
}

/* Only a task that an alarm wakes again and again proves that tasks run. */
static void watchdog(struct builder *b)
{
    const struct attribute *list = b->os->attributes;
    const struct attribute *params = get_params(list, "WATCHDOG");
    const struct place place = get_place(list, "WATCHDOG", b->os->place);
    struct model_os *os = &b->model->os;
    const struct model_alarm *alarm;

    if (!get_bool(list, "WATCHDOG")) {
        return;
    }
    alarm = &b->model->alarms[get_target(params, "ALARM")->index];
    os->watchdog_alarm = alarm;
    os->watchdog_seconds = get_uint(params, "TIMEOUT");
    if (alarm->action.task == NULL) {
        error_at(b->oilc, place,
                 "the WATCHDOG's alarm `%s` must wake a task, which calls watchdog_feed(): a "
                 "callback would run although no task can",
                 alarm->object.name);
    } else if (alarm->autostart_modes != (1u << b->model->appmode_count) - 1 || alarm->cycle == 0) {
        error_at(b->oilc, place,
                 "the WATCHDOG's alarm `%s` must feed in all modes and for ever: AUTOSTART = TRUE "
                 "with a CYCLETIME",
                 alarm->object.name);
    } else if (!is_fed_in_time(alarm, os->watchdog_seconds)) {
        error_at(b->oilc, place,
                 "the WATCHDOG's alarm `%s` comes later than its TIMEOUT of %u seconds",
                 alarm->object.name, os->watchdog_seconds);
    }
}

/* The pin service hears of requests by its own channel. */
static void pin_channel(struct builder *b)
{
    const struct attribute *pin = get(b->os->attributes, "PIN");

    for (size_t i = 0; pin && i < b->model->isr_count; i++) {
        const struct model_isr *isr = &b->model->isrs[i];

        if (isr->source == SOURCE_EVENTCHANNEL && strcmp(isr->channel, "pins") == 0) {
            return;
        }
    }
    if (pin) {
        error_at(b->oilc, pin->place,
                 "a PIN needs an ISR with SOURCE = EVENTCHANNEL { NAME = \"pins\"; }");
    }
}

void build_os_references(struct builder *b)
{
    drivers_tasks(b);
    xenstore_alarm(b);
    watchdog(b);
    pin_channel(b);
}

/* Why a class that ends in 2 is needed: OSEK 3.2. @return the task; *reason: in words */
static const struct model_task *second_activation(struct arena *arena, const struct model *model,
                                                  const char **reason)
{
    const struct model_task *seen[UINT8_MAX + 1] = {NULL};

    for (size_t i = 0; i < model->task_count; i++) {
        const struct model_task *task = &model->tasks[i];

        if (task->activations > 1) {
            *reason = "can be activated more than once";
            return task;
        }
        if (seen[task->prio]) {
            *reason =
                arena_print(arena, "has the priority of task `%s`", seen[task->prio]->object.name);
            return task;
        }
        seen[task->prio] = task;
    }
    return NULL;
}

static void check_class(struct builder *b, const struct model_task *task, const char *reason)
{
    const struct model_os *os = &b->model->os;

    error_at(b->oilc, get_place(b->os->attributes, "KERNEL_TYPE", b->os->place),
             "KERNEL_TYPE = %s, but the objects need %s", class_names[os->stated_class],
             class_names[os->inferred_class]);
    note_at(b->oilc, task->object.place, "task `%s` %s", task->object.name, reason);
}

void build_class(struct builder *b)
{
    struct model *model = b->model;
    struct model_os *os = &model->os;
    const char *reason = NULL;
    const struct model_task *second = second_activation(&b->oilc->arena, model, &reason);

    os->inferred_class = (model->extended_count > 0 ? CLASS_ECC1 : CLASS_BCC1) + (second ? 1 : 0);
    if (!os->class_is_stated) {
        return;
    }
    if (model->extended_count > 0 && os->stated_class < CLASS_ECC1) {
        check_class(b, &model->tasks[0], "waits for events");
    } else if (second && (os->stated_class == CLASS_BCC1 || os->stated_class == CLASS_ECC1)) {
        check_class(b, second, reason);
    }
}
