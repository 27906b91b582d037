/* SPDX-License-Identifier: Apache-2.0
 *
 * Print a configuration as OIL, with everything said that is otherwise left to a default or
 * computed, in the order of the ids. Compiled again it gives the same tables and the same text.
 */
#include "write.h"

#include <ctype.h>
#include <stdarg.h>
#include <string.h>

static const char *bool_name(bool value)
{
    return value ? "TRUE" : "FALSE";
}

/* One line of an object. */
__attribute__((format(printf, 2, 3))) static void line(FILE *out, const char *format, ...)
{
    va_list args;

    fputs("        ", out);
    va_start(args, format);
    vfprintf(out, format, args);
    va_end(args);
    fputs(";\n", out);
}

static void begin(FILE *out, const char *kind, const struct object *object)
{
    fprintf(out, "    %s %s {\n", kind, object->name);
}

/* A string holds what it holds: OIL has no escapes. */
static void end(FILE *out, const struct object *object)
{
    if (object->description != NULL && object->description[0] != '\0') {
        fprintf(out, "    } : \"%s\";\n", object->description);
    } else {
        fputs("    };\n", out);
    }
}

static void number_if_stated(FILE *out, const char *name, unsigned int value)
{
    if (value != 0) {
        line(out, "%s = %u", name, value);
    }
}

static void gpio(const struct model_os *os, FILE *out)
{
    if (os->gpio == NULL) {
        return;
    }
    fputs("        GPIO = ", out);
    for (const char *at = os->gpio; *at != '\0'; at++) {
        fputc(toupper((unsigned char)*at), out);
    }
    fprintf(out, " { BASE = 0x%08x; };\n", os->gpio_base);
    for (size_t i = 0; i < os->pin_count; i++) {
        line(out, "PIN = \"%s\"", os->pins[i]);
    }
}

static void hooks(const struct model_os *os, FILE *out)
{
    line(out, "STARTUPHOOK = %s", bool_name(os->startup_hook));
    line(out, "ERRORHOOK = %s", bool_name(os->error_hook));
    line(out, "SHUTDOWNHOOK = %s", bool_name(os->shutdown_hook));
    line(out, "PRETASKHOOK = %s", bool_name(os->pretask_hook));
    line(out, "POSTTASKHOOK = %s", bool_name(os->posttask_hook));
    line(out, "IDLEHOOK = %s", bool_name(os->idle_hook));
    line(out, "USEGETSERVICEID = %s", bool_name(os->use_get_service_id));
    line(out, "USEPARAMETERACCESS = %s", bool_name(os->use_parameter_access));
    line(out, "USERESSCHEDULER = %s", bool_name(os->use_res_scheduler));
}

static void consoles(const struct model_os *os, FILE *out)
{
    static const char *const names[] = {"AUTO", "PV", "UART", "NONE"};
    static const char *const echoes[] = {"CONSOLE", "UART", "NONE"};

    line(out, "CONSOLE = %s", names[os->console]);
    if (os->console_task != NULL) {
        line(out, "CONSOLEINPUT = TASK { TASK = %s; }", os->console_task->object.name);
    } else {
        line(out, "CONSOLEINPUT = ISR2");
    }
    line(out, "CONSOLEECHO = %s", echoes[os->console_echo]);
    if (os->console_block_ms != 0) {
        line(out, "CONSOLEFULL = BLOCK { TIMEOUT = %u; }", os->console_block_ms);
    } else {
        line(out, "CONSOLEFULL = DROP");
    }
}

static void os(const struct model *model, FILE *out)
{
    const struct model_os *one = &model->os;

    begin(out, "OS", &one->object);
    line(out, "STATUS = %s", one->extended_status ? "EXTENDED" : "STANDARD");
    if (one->class_is_stated) {
        line(out, "KERNEL_TYPE = %s", class_names[one->stated_class]);
    }
    hooks(one, out);
    line(out, "STACKSIZE = %u", model->stacks[0].bytes);
    line(out, "IRQSTACKSIZE = %u", model->stacks[1].bytes);
    number_if_stated(out, "TIMERPRIORITY", one->timer_level);
    consoles(one, out);
    gpio(one, out);
    if (one->storm_task != NULL) {
        line(out, "STORMTASK = %s", one->storm_task->object.name);
    }
    number_if_stated(out, "EVENTBUDGET", one->event_budget);
    if (one->xenstore_alarm != NULL) {
        line(out, "XENSTOREALARM = %s", one->xenstore_alarm->object.name);
    }
    number_if_stated(out, "XENSTOREINTERVAL", one->xenstore_ticks);
    line(out, "REPORT = %s", bool_name(one->report));
    if (one->watchdog_alarm != NULL) {
        line(out, "WATCHDOG = TRUE { TIMEOUT = %u; ALARM = %s; }", one->watchdog_seconds,
             one->watchdog_alarm->object.name);
    }
    number_if_stated(out, "GRANTFRAMES", one->grant_frames);
    number_if_stated(out, "GRANTMAPS", one->grant_maps);
    end(out, &one->object);
}

static void appmodes(const struct model *model, FILE *out)
{
    for (size_t i = 0; i < model->appmode_count; i++) {
        begin(out, "APPMODE", &model->appmodes[i].object);
        end(out, &model->appmodes[i].object);
    }
}

static void events(const struct model *model, FILE *out)
{
    for (size_t i = 0; i < model->event_count; i++) {
        begin(out, "EVENT", &model->events[i].object);
        line(out, "MASK = 0x%08x", model->events[i].mask);
        end(out, &model->events[i].object);
    }
}

static void resources(const struct model *model, FILE *out)
{
    for (size_t i = 0; i < model->resource_count; i++) {
        const struct model_resource *resource = &model->resources[i];

        if (strcmp(resource->object.name, "RES_SCHEDULER") == 0) {
            continue; /* USERESSCHEDULER */
        }
        begin(out, "RESOURCE", &resource->object);
        if (resource->linked != NULL) {
            line(out, "RESOURCEPROPERTY = LINKED { LINKEDRESOURCE = %s; }",
                 resource->linked->object.name);
        } else {
            line(out, "RESOURCEPROPERTY = STANDARD");
        }
        end(out, &resource->object);
    }
}

/* Whether no task before this one has the same internal resource. */
static bool is_first_user(const struct model *model, size_t task)
{
    for (size_t i = 0; i < task; i++) {
        const char *other = model->tasks[i].internal;

        if (other != NULL && strcmp(other, model->tasks[task].internal) == 0) {
            return false;
        }
    }
    return true;
}

static void internal_resources(const struct model *model, FILE *out)
{
    for (size_t i = 0; i < model->task_count; i++) {
        const char *name = model->tasks[i].internal;

        if (name != NULL && is_first_user(model, i)) {
            const struct object object = {.name = name};

            begin(out, "RESOURCE", &object);
            line(out, "RESOURCEPROPERTY = INTERNAL");
            end(out, &object);
        }
    }
}

static void counters(const struct model *model, FILE *out)
{
    for (size_t i = 0; i < model->counter_count; i++) {
        const struct model_counter *counter = &model->counters[i];

        begin(out, "COUNTER", &counter->object);
        line(out, "MAXALLOWEDVALUE = %u", counter->max_allowed);
        line(out, "TICKSPERBASE = %u", counter->ticks_per_base);
        line(out, "MINCYCLE = %u", counter->min_cycle);
        line(out, "SOURCE = %s", counter->tick_ns != 0 ? "TIMER" : "SOFTWARE");
        number_if_stated(out, "TICKDURATION", counter->tick_ns);
        end(out, &counter->object);
    }
}

/* AUTOSTART with what it holds besides the modes in `more`. */
static void autostart(const struct model *model, uint32_t modes, const char *more, FILE *out)
{
    if (modes == 0) {
        line(out, "AUTOSTART = FALSE");
        return;
    }
    fprintf(out, "        AUTOSTART = TRUE {%s", more);
    for (size_t i = 0; i < model->appmode_count; i++) {
        if ((modes >> i & 1u) != 0) {
            fprintf(out, " APPMODE = %s;", model->appmodes[i].object.name);
        }
    }
    fputs(" };\n", out);
}

static void used_resources(const struct model_resource **used, size_t count, FILE *out)
{
    for (size_t i = 0; i < count; i++) {
        line(out, "RESOURCE = %s", used[i]->object.name);
    }
}

static void task_stack(const struct model *model, const struct model_task *task, FILE *out)
{
    if (task->stack == 0) {
        line(out, "STACK = SHARED");
    } else {
        line(out, "STACK = PRIVATE { SYS_SIZE = %u; }", model->stacks[task->stack].bytes);
    }
}

static void task(const struct model *model, const struct model_task *one, FILE *out)
{
    begin(out, "TASK", &one->object);
    line(out, "TYPE = %s", one->extended ? "EXTENDED" : "BASIC");
    line(out, "PRIORITY = %u", one->oil_priority);
    line(out, "SCHEDULE = %s", one->preemptable ? "FULL" : "NON");
    line(out, "ACTIVATION = %u", one->activations);
    autostart(model, one->autostart_modes, "", out);
    for (size_t i = 0; i < one->event_count; i++) {
        line(out, "EVENT = %s", one->events[i]->object.name);
    }
    used_resources(one->resources, one->resource_count, out);
    if (one->internal != NULL) {
        line(out, "RESOURCE = %s", one->internal);
    }
    task_stack(model, one, out);
    line(out, "USEFPU = %s", bool_name(one->uses_fpu));
    end(out, &one->object);
}

static void action(const struct model_action *one, const char *indent, FILE *out)
{
    fprintf(out, "%sACTION = ", indent);
    switch (one->kind) {
    case ACT_ACTIVATETASK:
        fprintf(out, "ACTIVATETASK { TASK = %s; };\n", one->task->object.name);
        break;
    case ACT_SETEVENT:
        fprintf(out, "SETEVENT { TASK = %s; EVENT = %s; };\n", one->task->object.name,
                one->event->object.name);
        break;
    case ACT_CALLBACK:
        fprintf(out, "ALARMCALLBACK { ALARMCALLBACKNAME = \"%s\"; };\n", one->callback);
        break;
    case ACT_INCREMENTCOUNTER:
        fprintf(out, "INCREMENTCOUNTER { COUNTER = %s; };\n", one->counter->object.name);
        break;
    case ACT_HANDLER:
        fputs("HANDLER;\n", out);
        break;
    }
}

static void isr_source(const struct model_isr *isr, FILE *out)
{
    switch (isr->source) {
    case SOURCE_GIC:
        line(out, "SOURCE = GIC { LINE = %u; }", isr->line);
        break;
    case SOURCE_EVENTCHANNEL:
        line(out, "SOURCE = EVENTCHANNEL { NAME = \"%s\"; PORT = %u; VIRQ = %s; }", isr->channel,
             isr->port, isr->virq == XEN_VIRQ_DEBUG ? "DEBUG" : "NONE");
        break;
    case SOURCE_TIMER:
        line(out, "SOURCE = TIMER");
        break;
    }
}

static void isr(const struct model_isr *one, FILE *out)
{
    begin(out, "ISR", &one->object);
    line(out, "CATEGORY = %u", one->category);
    line(out, "PRIORITY = %u", one->level);
    isr_source(one, out);
    action(&one->action, "        ", out);
    used_resources(one->resources, one->resource_count, out);
    line(out, "USEFPU = %s", bool_name(one->uses_fpu));
    end(out, &one->object);
}

static void alarm(const struct model *model, const struct model_alarm *one, FILE *out)
{
    char times[64];

    snprintf(times, sizeof(times), " ALARMTIME = %u; CYCLETIME = %u;", one->start, one->cycle);
    begin(out, "ALARM", &one->object);
    line(out, "COUNTER = %s", one->counter->object.name);
    action(&one->action, "        ", out);
    autostart(model, one->autostart_modes, times, out);
    end(out, &one->object);
}

static void point(const struct model_point *one, FILE *out)
{
    fprintf(out, "        EXPIRYPOINT = AT {\n            OFFSET = %u;\n", one->offset);
    for (size_t i = 0; i < one->action_count; i++) {
        action(&one->actions[i], "            ", out);
    }
    fputs("        };\n", out);
}

static void schedtable(const struct model *model, const struct model_schedtable *one, FILE *out)
{
    char start[64];

    snprintf(start, sizeof(start), " TYPE = %s; VALUE = %u;",
             one->autostart_absolute ? "ABSOLUTE" : "RELATIVE", one->start);
    begin(out, "SCHEDULETABLE", &one->object);
    line(out, "COUNTER = %s", one->counter->object.name);
    line(out, "DURATION = %u", one->duration);
    line(out, "REPEATING = %s", bool_name(one->repeating));
    autostart(model, one->autostart_modes, start, out);
    for (size_t i = 0; i < one->point_count; i++) {
        point(&one->points[i], out);
    }
    end(out, &one->object);
}

void write_oil(const struct model *model, FILE *out)
{
    fprintf(out, "OIL_VERSION = \"2.5\";\n\nCPU %s {\n", model->cpu_name);
    os(model, out);
    appmodes(model, out);
    events(model, out);
    resources(model, out);
    internal_resources(model, out);
    counters(model, out);
    for (size_t i = 0; i < model->task_count; i++) {
        task(model, &model->tasks[i], out);
    }
    for (size_t i = 0; i < model->isr_count; i++) {
        isr(&model->isrs[i], out);
    }
    for (size_t i = 0; i < model->alarm_count; i++) {
        alarm(model, &model->alarms[i], out);
    }
    for (size_t i = 0; i < model->schedtable_count; i++) {
        schedtable(model, &model->schedtables[i], out);
    }
    fputs("};\n", out);
}
