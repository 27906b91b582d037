/* SPDX-License-Identifier: Apache-2.0
 *
 * Print os_cfg.h: ids, masks, prototypes and constants. What each means is said where it is used:
 * kernel/cfg.h, drivers/xen/config.h, drivers/console/console_config.h,
 * arch/arm-xen/config.h, drivers/pins/pins.h.
 */
#include "write.h"

#include <stdarg.h>
#include <string.h>

__attribute__((format(printf, 3, 4))) static void constant(FILE *out, const char *name,
                                                           const char *format, ...)
{
    va_list args;

    fprintf(out, "#define %-28s ", name);
    va_start(args, format);
    vfprintf(out, format, args);
    va_end(args);
    fputc('\n', out);
}

static void flag(FILE *out, const char *name, bool value)
{
    constant(out, name, "%d", value);
}

/* A number that is compared with ids. */
static void number(FILE *out, const char *name, size_t value)
{
    constant(out, name, "%zuu", value);
}

/* Ids of objects of one kind; every kind of the model's objects begins with its struct object. */
static void ids(FILE *out, const char *kind, const void *objects, size_t count, size_t bytes)
{
    const char *at = objects;

    if (count == 0) {
        return;
    }
    fprintf(out, "enum { /* %s */\n", kind);
    for (size_t i = 0; i < count; i++, at += bytes) {
        fprintf(out, "    %s,\n", ((const struct object *)at)->name);
    }
    fputs("};\n\n", out);
}

#define IDS(out, kind, array, count) ids(out, kind, array, count, sizeof(*(array)))

/* OSDEFAULTAPPMODE is os_types.h's: the first. */
static void appmode_ids(const struct model *model, FILE *out)
{
    for (size_t i = 0; i < model->appmode_count; i++) {
        if (strcmp(model->appmodes[i].object.name, "OSDEFAULTAPPMODE") != 0) {
            fprintf(out, "enum { %s = %zu }; /* application mode */\n\n",
                    model->appmodes[i].object.name, i);
        }
    }
}

static void isr_ids(const struct model *model, FILE *out)
{
    if (count_lines(model) == 0) {
        return;
    }
    fputs("enum { /* interrupts, as in cfg_isrs[] */\n", out);
    for (size_t i = 0; i < model->isr_count; i++) {
        if (is_line(&model->isrs[i])) {
            fprintf(out, "    %s,\n", model->isrs[i].object.name);
        }
    }
    fputs("};\n\n", out);
}

static void channel_ids(const struct model *model, FILE *out)
{
    if (count_channels(model) == 0) {
        return;
    }
    fputs("enum { /* event channels */\n    EVTCHN_CONSOLE,\n    EVTCHN_XENSTORE,\n", out);
    for (size_t i = 0; i < model->isr_count; i++) {
        if (is_channel(&model->isrs[i]) && !is_drivers_channel(&model->isrs[i])) {
            fputs("    ", out);
            write_channel(model->isrs[i].channel, out);
            fputs(",\n", out);
        }
    }
    fputs("};\n\n", out);
}

/* Not macros: a parameter of some header's function may have the same name. */
static void events(const struct model *model, FILE *out)
{
    if (model->event_count == 0) {
        return;
    }
    fputs("enum { /* events */\n", out);
    for (size_t i = 0; i < model->event_count; i++) {
        fprintf(out, "    %s = 0x%08xu,\n", model->events[i].object.name, model->events[i].mask);
    }
    fputs("};\n\n", out);
}

/* The callback of the store's alarm is its driver's. */
static bool has_own_callback(const struct model *model, size_t alarm)
{
    const struct model_action *action = &model->alarms[alarm].action;

    if (action->kind != ACT_CALLBACK || &model->alarms[alarm] == model->os.xenstore_alarm) {
        return false;
    }
    for (size_t i = 0; i < alarm; i++) {
        const struct model_action *other = &model->alarms[i].action;

        if (other->kind == ACT_CALLBACK && strcmp(other->callback, action->callback) == 0) {
            return false;
        }
    }
    return true;
}

static void prototypes(const struct model *model, FILE *out)
{
    for (size_t i = 0; i < model->task_count; i++) {
        fprintf(out, "void task_%s(void);\n", model->tasks[i].object.name);
    }
    for (size_t i = 0; i < model->isr_count; i++) {
        if (model->isrs[i].action.kind == ACT_HANDLER && !is_drivers_channel(&model->isrs[i])) {
            fprintf(out, "void isr_%s(void);\n", model->isrs[i].object.name);
        }
    }
    for (size_t i = 0; i < model->alarm_count; i++) {
        if (has_own_callback(model, i)) {
            fprintf(out, "void callback_%s(void);\n", model->alarms[i].action.callback);
        }
    }
    fputc('\n', out);
}

/* The application's names. The system's own files are compiled without them, so that these may be
 * any that C allows. */
static void names(const struct model *model, FILE *out)
{
    fputs("#if !defined(OS_SYSTEM) && !defined(OS_CFG_NAMES)\n#define OS_CFG_NAMES\n\n", out);
    IDS(out, "tasks", model->tasks, model->task_count);
    IDS(out, "resources", model->resources, model->resource_count);
    IDS(out, "counters", model->counters, model->counter_count);
    IDS(out, "alarms", model->alarms, model->alarm_count);
    IDS(out, "schedule tables", model->schedtables, model->schedtable_count);
    appmode_ids(model, out);
    isr_ids(model, out);
    events(model, out);
    prototypes(model, out);
    fputs("#endif\n\n", out);
}

static unsigned int activations(const struct model *model)
{
    unsigned int sum = 0;

    for (size_t i = 0; i < model->task_count; i++) {
        sum += model->tasks[i].activations;
    }
    return sum;
}

static void kernel(const struct model *model, FILE *out)
{
    flag(out, "CFG_EXTENDED_STATUS", model->os.extended_status);
    number(out, "CFG_TASK_COUNT", model->task_count);
    number(out, "CFG_PRIO_COUNT", model->prio_count);
    flag(out, "CFG_MULTIPLE_ACTIVATIONS", has_multiple_activations(model));
    number(out, "CFG_ACTIVATION_COUNT", activations(model));
    number(out, "CFG_EXTENDED_COUNT", model->extended_count);
    number(out, "CFG_STACK_COUNT", model->stack_count);
    number(out, "CFG_RESOURCE_COUNT", model->resource_count);
    flag(out, "CFG_ISR_RESOURCES", isrs_use_resources(model));
    number(out, "CFG_COUNTER_COUNT", model->counter_count);
    number(out, "CFG_TIMER_COUNTER_COUNT", model->timer_counter_count);
    number(out, "CFG_QUEUE_ENTRIES", count_queue_entries(model));
    number(out, "CFG_ALARM_COUNT", model->alarm_count);
    number(out, "CFG_ALARM_START_COUNT", count_alarm_starts(model));
    number(out, "CFG_SCHEDTABLE_COUNT", model->schedtable_count);
    number(out, "CFG_APPMODE_COUNT", model->appmode_count);
    number(out, "CFG_ISR_COUNT", count_lines(model));
    flag(out, "CFG_FPU", uses_fpu(model));
}

static void hooks(const struct model_os *os, FILE *out)
{
    flag(out, "CFG_STARTUPHOOK", os->startup_hook);
    flag(out, "CFG_SHUTDOWNHOOK", os->shutdown_hook);
    flag(out, "CFG_ERRORHOOK", os->error_hook);
    flag(out, "CFG_PRETASKHOOK", os->pretask_hook);
    flag(out, "CFG_POSTTASKHOOK", os->posttask_hook);
    flag(out, "CFG_IDLEHOOK", os->idle_hook);
    flag(out, "CFG_USEGETSERVICEID", os->use_get_service_id);
    flag(out, "CFG_USEPARAMETERACCESS", os->use_parameter_access);
}

static void number_if_stated(FILE *out, const char *name, unsigned int value)
{
    if (value != 0) {
        number(out, name, value);
    }
}

/* What the port and the drivers ask; they know what holds if nothing is said. */
static void machine(const struct model *model, FILE *out)
{
    const struct model_os *os = &model->os;

    number_if_stated(out, "CFG_TIMER_LEVEL", os->timer_level);
    number_if_stated(out, "CFG_EVENT_LEVEL", os->event_level);
    flag(out, "CFG_EVENT_FPU", events_use_fpu(model));
    flag(out, "CFG_CONSOLE_PV", os->console == CONSOLE_AUTO || os->console == CONSOLE_PV);
    flag(out, "CFG_CONSOLE_UART", os->console == CONSOLE_AUTO || os->console == CONSOLE_UART);
    if (os->console_task != NULL) {
        flag(out, "CFG_HAS_CONSOLE_TASK", true);
        number(out, "CFG_CONSOLE_TASK", (size_t)(os->console_task - model->tasks));
    }
    flag(out, "CFG_CONSOLE_ECHO", os->console_echo != ECHO_NONE);
    flag(out, "CFG_CONSOLE_ECHO_UART", os->console_echo == ECHO_UART);
    number_if_stated(out, "CFG_CONSOLE_BLOCK_MS", os->console_block_ms);
    number_if_stated(out, "CFG_EVTCHN_COUNT", (unsigned int)count_channels(model));
    if (os->storm_task != NULL) {
        flag(out, "CFG_HAS_EVTCHN_TASK", true);
        number(out, "CFG_EVTCHN_TASK", (size_t)(os->storm_task - model->tasks));
    }
    number_if_stated(out, "CFG_EVTCHN_BUDGET", os->event_budget);
    if (has_virqs(model)) {
        flag(out, "CFG_HAS_VIRQS", true);
    }
    if (os->report) {
        flag(out, "CFG_REPORT", true);
    }
    if (os->xenstore_alarm != NULL) {
        flag(out, "CFG_HAS_XS_ALARM", true);
        number(out, "CFG_XS_ALARM", (size_t)(os->xenstore_alarm - model->alarms));
    }
    number_if_stated(out, "CFG_XS_ALARM_TICKS", os->xenstore_ticks);
    number_if_stated(out, "CFG_GNTTAB_FRAMES", os->grant_frames);
    number_if_stated(out, "CFG_GNTMAP_SLOTS", os->grant_maps);
    number_if_stated(out, "CFG_WATCHDOG_S", os->watchdog_seconds);
    if (os->gpio != NULL) {
        constant(out, "CFG_GPIO_BASE", "0x%08xu", os->gpio_base);
    }
    number_if_stated(out, "CFG_PIN_COUNT", (unsigned int)os->pin_count);
}

/* OSEK 13.6.4: with the counter's name; for the system counter also without. */
static void counter_constants(FILE *out, const struct model_counter *counter,
                              const char *underscore, const char *name)
{
    fprintf(out, "#define OSMAXALLOWEDVALUE%s%s %uu\n", underscore, name, counter->max_allowed);
    fprintf(out, "#define OSTICKSPERBASE%s%s %uu\n", underscore, name, counter->ticks_per_base);
    fprintf(out, "#define OSMINCYCLE%s%s %uu\n", underscore, name, counter->min_cycle);
    if (counter->tick_ns != 0) {
        fprintf(out, "#define OSTICKDURATION%s%s %uu\n", underscore, name, counter->tick_ns);
    }
}

static void counters(const struct model *model, FILE *out)
{
    for (size_t i = 0; i < model->counter_count; i++) {
        const struct model_counter *one = &model->counters[i];

        fputc('\n', out);
        counter_constants(out, one, "_", one->object.name);
        if (one->is_system) {
            counter_constants(out, one, "", "");
        }
    }
}

void write_header(const struct model *model, FILE *out)
{
    write_banner(model, out, "what exists and how much of it.");
    fputs("// clang-format off\n", out);
    names(model, out);
    fputs("#ifndef OS_CFG_H\n#define OS_CFG_H\n\n", out);
    channel_ids(model, out);
    kernel(model, out);
    hooks(&model->os, out);
    machine(model, out);
    counters(model, out);
    if (events_use_fpu(model)) {
        fputs("\nextern struct arch_fpu fpu_event; /* of all event channels' ISRs */\n", out);
    }
    fputs("\n#endif\n", out);
}
