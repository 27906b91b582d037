/* SPDX-License-Identifier: Apache-2.0
 *
 * Print os_cfg.c: the const tables of kernel/cfg.h, the memory that they point to, and what the
 * drivers ask of an application.
 */
#include "write.h"

#include "lib/pqueue.h"

/* The headers come before the application's names, which may be those of their parameters. */
static void includes(const struct model *model, FILE *out)
{
    fputs("// clang-format off\n#define OS_SYSTEM /* no names yet */\n#include \"kernel/cfg.h\"\n",
          out);
    if (count_channels(model) > 0) {
        fputs("#include \"drivers/xen/evtchn.h\"\n"
              "#include \"drivers/xen/pvconsole.h\"\n",
              out);
    }
    if (count_channels(model) > 0 || model->os.xenstore_alarm != NULL) {
        fputs("#include \"drivers/xen/xenstore.h\"\n", out);
    }
    if (model->os.gpio != NULL) {
        fputs("#include \"drivers/gpio/sunxi.h\"\n", out);
    }
    if (model->os.pin_count > 0) {
        fputs("#include \"drivers/pins/pins.h\"\n", out);
    }
    fputs("#undef OS_SYSTEM\n#include \"os_cfg.h\" /* the names */\n", out);
}

static void fpu_areas(const struct model *model, FILE *out)
{
    if (!uses_fpu(model)) {
        return;
    }
    fputc('\n', out);
    for (size_t i = 0; i < model->task_count; i++) {
        if (model->tasks[i].uses_fpu) {
            fprintf(out, "static struct arch_fpu cfg_fpu_task_%s;\n", model->tasks[i].object.name);
        }
    }
    for (size_t i = 0; i < model->isr_count; i++) {
        if (is_line(&model->isrs[i]) && model->isrs[i].uses_fpu) {
            fprintf(out, "static struct arch_fpu cfg_fpu_isr_%s;\n", model->isrs[i].object.name);
        }
    }
    if (events_use_fpu(model)) {
        fputs("struct arch_fpu fpu_event;\n", out);
    }
}

static void tasks(const struct model *model, FILE *out)
{
    fputs("\nconst struct task_cfg cfg_tasks[CFG_TASK_COUNT] = {\n", out);
    for (size_t i = 0; i < model->task_count; i++) {
        const struct model_task *task = &model->tasks[i];

        fprintf(out, "    [%s] = {\n        .entry = task_%s,\n", task->object.name,
                task->object.name);
        fprintf(out, "        .prio = %u,\n        .run_prio = %u,\n", task->prio, task->run_prio);
        fprintf(out, "        .max_activations = %u,\n", task->activations);
        fprintf(out, "        .autostart_modes = 0x%02x,\n", task->autostart_modes);
        fprintf(out, "        .stack = %u,\n        .id = %s,\n", task->stack, task->object.name);
        if (task->uses_fpu) {
            fprintf(out, "        .fpu = &cfg_fpu_task_%s,\n", task->object.name);
        }
        fputs("    },\n", out);
    }
    fputs("};\n\nconst char *const cfg_task_names[CFG_TASK_COUNT] = {\n", out);
    for (size_t i = 0; i < model->task_count; i++) {
        const char *name = model->tasks[i].object.name;

        fprintf(out, "    [%s] = \"%s\",\n", name, name);
    }
    fputs("};\n", out);
}

static void stack_index(size_t index, FILE *out)
{
    if (index == 0) {
        fputs("    [STACK_SHARED] = {\n", out);
    } else if (index == 1) {
        fputs("    [STACK_INTERRUPT] = {\n", out);
    } else {
        fprintf(out, "    [%zu] = {\n", index);
    }
}

static void stacks(const struct model *model, FILE *out)
{
    fputc('\n', out);
    for (size_t i = 0; i < model->stack_count; i++) {
        fprintf(out, "ARCH_STACK(%s, %u);\n", model->stacks[i].symbol, model->stacks[i].bytes);
    }
    fputs("\nconst struct stack_cfg cfg_stacks[CFG_STACK_COUNT] = {\n", out);
    for (size_t i = 0; i < model->stack_count; i++) {
        const char *symbol = model->stacks[i].symbol;

        stack_index(i, out);
        fprintf(out, "        .low = %s,\n        .top = %s + ARCH_STACK_BYTES(%s),\n", symbol,
                symbol, symbol);
        fputs("        .name = ", out);
        write_string(model->stacks[i].name, out);
        fputs(",\n    },\n", out);
    }
    fputs("};\n", out);
}

/* The one task of each priority, where there is one only. */
static void task_of_prio(const struct model *model, FILE *out)
{
    fputs("\nconst struct task_cfg *const cfg_prio_task[CFG_PRIO_COUNT] = {\n", out);
    for (size_t i = 0; i < model->task_count; i++) {
        fprintf(out, "    [%u] = &cfg_tasks[%s],\n", model->tasks[i].prio,
                model->tasks[i].object.name);
    }
    fputs("};\n", out);
}

static void ready_queues(const struct model *model, FILE *out)
{
    unsigned int first = 0;

    fputs("\nconst struct ready_cfg cfg_ready[CFG_PRIO_COUNT] = {\n", out);
    for (unsigned int prio = 1; prio < model->prio_count; prio++) {
        const unsigned int size = prio_slots(model, prio);

        fprintf(out, "    [%u] = {.slots = &os_ready_slots[%u], .size = %u},\n", prio, first, size);
        first += size;
    }
    fputs("};\n", out);
}

static void resources(const struct model *model, FILE *out)
{
    if (model->resource_count == 0) {
        return;
    }
    fputs("\nconst struct resource_cfg cfg_resources[CFG_RESOURCE_COUNT] = {\n", out);
    for (size_t i = 0; i < model->resource_count; i++) {
        const struct model_resource *resource = &model->resources[i];

        fprintf(out, "    [%s] = {.ceiling = %u, .level = %u},\n", resource->object.name,
                resource->ceiling, resource->isr_level);
    }
    fputs("};\n", out);
}

/* What can wait in the counter's queue, alarms first: so a counter's items have the order of the ids (kernel/cfg.h). */
static void items(const struct model *model, const struct model_counter *counter, FILE *out)
{
    if (counter->item_count == 0) {
        return;
    }
    fprintf(out, "\nstatic const uint16_t cfg_items_%s[] = {\n", counter->object.name);
    for (size_t i = 0; i < model->alarm_count; i++) {
        if (model->alarms[i].counter == counter) {
            fprintf(out, "    %s,\n", model->alarms[i].object.name);
        }
    }
    for (size_t i = 0; i < model->schedtable_count; i++) {
        if (model->schedtables[i].counter == counter) {
            fprintf(out, "    CFG_ALARM_COUNT + %s,\n", model->schedtables[i].object.name);
        }
    }
    fputs("};\n", out);
}

static void counters(const struct model *model, FILE *out)
{
    if (model->counter_count == 0) {
        return;
    }
    for (size_t i = 0; i < model->counter_count; i++) {
        items(model, &model->counters[i], out);
    }
    fputs("\nconst struct counter_cfg cfg_counters[CFG_COUNTER_COUNT] = {\n", out);
    for (size_t i = 0; i < model->counter_count; i++) {
        const struct model_counter *counter = &model->counters[i];
        const char *name = counter->object.name;

        fprintf(out, "    [%s] = {\n        .base = {\n", name);
        fprintf(out, "            .maxallowedvalue = OSMAXALLOWEDVALUE_%s,\n", name);
        fprintf(out, "            .ticksperbase = OSTICKSPERBASE_%s,\n", name);
        fprintf(out, "            .mincycle = OSMINCYCLE_%s,\n        },\n", name);
        fprintf(out, "        .tick_ns = %u,\n", counter->tick_ns);
        if (counter->item_count != 0) {
            fprintf(out, "        .items = cfg_items_%s,\n", name);
        }
        fprintf(out, "        .item_count = %u,\n        .first_entry = %zu,\n    },\n",
                counter->item_count, first_queue_entry(model, counter));
    }
    fputs("};\n", out);
}

/* A struct action; `prefix` is of the callback's C name. */
static void action(const struct model_action *action, const char *prefix, FILE *out)
{
    switch (action->kind) {
    case ACT_ACTIVATETASK:
        fprintf(out, "{.kind = ACTION_ACTIVATETASK, .on = {.task = %s}}",
                action->task->object.name);
        break;
    case ACT_SETEVENT:
        fprintf(out, "{.kind = ACTION_SETEVENT, .on = {.event = {.task = %s, .mask = %s}}}",
                action->task->object.name, action->event->object.name);
        break;
    default:
        fprintf(out, "{.kind = ACTION_CALLBACK, .on = {.callback = %s%s}}", prefix,
                action->callback);
        break;
    }
}

/* xs_tick() is a driver's function, not an ALARMCALLBACK(). */
static const char *callback_prefix(const struct model *model, const struct model_alarm *alarm)
{
    return alarm == model->os.xenstore_alarm ? "" : "callback_";
}

static void alarms(const struct model *model, FILE *out)
{
    if (model->alarm_count == 0) {
        return;
    }
    fputs("\nconst struct alarm_cfg cfg_alarms[CFG_ALARM_COUNT] = {\n", out);
    for (size_t i = 0; i < model->alarm_count; i++) {
        const struct model_alarm *alarm = &model->alarms[i];

        fprintf(out, "    [%s] = {\n        .action = ", alarm->object.name);
        action(&alarm->action, callback_prefix(model, alarm), out);
        fprintf(out, ",\n        .counter = %s,\n", alarm->counter->object.name);
        fprintf(out, "        .item = %u,\n    },\n", alarm->item);
    }
    fputs("};\n", out);
}

static void alarm_starts(const struct model *model, FILE *out)
{
    if (count_alarm_starts(model) == 0) {
        return;
    }
    fputs("\nconst struct alarm_start_cfg cfg_alarm_starts[CFG_ALARM_START_COUNT] = {\n", out);
    for (size_t i = 0; i < model->alarm_count; i++) {
        const struct model_alarm *alarm = &model->alarms[i];

        if (alarm->autostart_modes != 0) {
            fprintf(out, "    {.alarm = %s, .modes = 0x%02x, .start = %u, .cycle = %u},\n",
                    alarm->object.name, alarm->autostart_modes, alarm->start, alarm->cycle);
        }
    }
    fputs("};\n", out);
}

static void point_actions(const struct model_schedtable *table, size_t index, FILE *out)
{
    const struct model_point *point = &table->points[index];

    fprintf(out, "\nstatic const struct action cfg_actions_%s_%zu[] = {\n", table->object.name,
            index);
    for (size_t i = 0; i < point->action_count; i++) {
        fputs("    ", out);
        action(&point->actions[i], "", out);
        fputs(",\n", out);
    }
    fputs("};\n", out);
}

static void points(const struct model_schedtable *table, FILE *out)
{
    const char *name = table->object.name;

    for (size_t i = 0; i < table->point_count; i++) {
        point_actions(table, i, out);
    }
    fprintf(out, "\nstatic const struct expiry_cfg cfg_points_%s[] = {\n", name);
    for (size_t i = 0; i < table->point_count; i++) {
        const struct model_point *point = &table->points[i];

        fprintf(out, "    {.offset = %u, .action_count = %zu, .actions = cfg_actions_%s_%zu},\n",
                point->offset, point->action_count, name, i);
    }
    fputs("};\n", out);
}

static void schedtable(const struct model_schedtable *table, FILE *out)
{
    const char *name = table->object.name;

    fprintf(out, "    [%s] = {\n        .points = cfg_points_%s,\n", name, name);
    fprintf(out, "        .duration = %u,\n", table->duration);
    fprintf(out, "        .point_count = %zu,\n", table->point_count);
    fprintf(out, "        .item = %u,\n", table->item);
    fprintf(out, "        .counter = %s,\n", table->counter->object.name);
    fprintf(out, "        .repeating = %d,\n", table->repeating);
    fprintf(out, "        .autostart_modes = 0x%02x,\n", table->autostart_modes);
    fprintf(out, "        .autostart_absolute = %d,\n", table->autostart_absolute);
    fprintf(out, "        .start = %u,\n    },\n", table->start);
}

static void schedtables(const struct model *model, FILE *out)
{
    if (model->schedtable_count == 0) {
        return;
    }
    for (size_t i = 0; i < model->schedtable_count; i++) {
        points(&model->schedtables[i], out);
    }
    fputs("\nconst struct schedtable_cfg cfg_schedtables[CFG_SCHEDTABLE_COUNT] = {\n", out);
    for (size_t i = 0; i < model->schedtable_count; i++) {
        schedtable(&model->schedtables[i], out);
    }
    fputs("};\n", out);
}

/* The handler of an interrupt whose ACTION needs no C code of the application. */
static void handler(const struct model_isr *isr, FILE *out)
{
    const struct model_action *action = &isr->action;

    fprintf(out, "\nstatic void isr_%s(void)\n{\n", isr->object.name);
    if (action->kind == ACT_ACTIVATETASK) {
        fprintf(out, "    (void)ActivateTask(%s);\n", action->task->object.name);
    } else if (action->kind == ACT_SETEVENT) {
        fprintf(out, "    (void)SetEvent(%s, %s);\n", action->task->object.name,
                action->event->object.name);
    } else {
        fprintf(out, "    (void)IncrementCounter(%s);\n", action->counter->object.name);
    }
    fputs("}\n", out);
}

static void handlers(const struct model *model, FILE *out)
{
    for (size_t i = 0; i < model->isr_count; i++) {
        const struct model_isr *isr = &model->isrs[i];

        if (isr->action.kind != ACT_HANDLER && !is_drivers_channel(isr)) {
            handler(isr, out);
        }
    }
}

static void line(const struct model_isr *isr, FILE *out)
{
    const char *name = isr->object.name;

    fprintf(out, "    [%s] = {\n        .isr = {.handler = isr_%s, ", name, name);
    if (isr->uses_fpu) {
        fprintf(out, ".fpu = &cfg_fpu_isr_%s, ", name);
    }
    fprintf(out, ".level = %u},\n", isr->level);
    fprintf(out, "        .source = %u,\n", isr->source == SOURCE_TIMER ? 0 : isr->line);
    fprintf(out, "        .category = %u,\n    },\n", isr->category);
}

static void lines(const struct model *model, FILE *out)
{
    if (count_lines(model) == 0) {
        return;
    }
    fputs("\nconst struct isr_cfg cfg_isrs[CFG_ISR_COUNT] = {\n", out);
    for (size_t i = 0; i < model->isr_count; i++) {
        if (is_line(&model->isrs[i])) {
            line(&model->isrs[i], out);
        }
    }
    fputs("};\n", out);
}

/* OIL may give the drivers' channels another priority than the lowest. */
static void drivers_channel(const struct model *model, const char *name, const char *function,
                            FILE *out)
{
    const struct model_isr *isr = isr_of_channel(model, name);

    fputs("    [", out);
    write_channel(name, out);
    fprintf(out, "] = {.handler = %s, .prio = %u},\n", function, isr != NULL ? isr->level : 1);
}

static void channel_name(const char *name, FILE *out)
{
    fputs("    [", out);
    write_channel(name, out);
    fprintf(out, "] = \"%s\",\n", name);
}

static void channel_names(const struct model *model, FILE *out)
{
    fputs("\nconst char *const cfg_evtchn_names[CFG_EVTCHN_COUNT] = {\n", out);
    channel_name("console", out);
    channel_name("xenstore", out);
    for (size_t i = 0; i < model->isr_count; i++) {
        if (is_channel(&model->isrs[i]) && !is_drivers_channel(&model->isrs[i])) {
            channel_name(model->isrs[i].channel, out);
        }
    }
    fputs("};\n", out);
}

static void channels(const struct model *model, FILE *out)
{
    if (count_channels(model) == 0) {
        return;
    }
    if (model->os.report) {
        channel_names(model, out);
    }
    fputs("\nconst struct evtchn_cfg cfg_evtchn[CFG_EVTCHN_COUNT] = {\n", out);
    drivers_channel(model, "console", "pvconsole_isr", out);
    drivers_channel(model, "xenstore", "xs_pump", out);
    for (size_t i = 0; i < model->isr_count; i++) {
        const struct model_isr *isr = &model->isrs[i];

        if (is_channel(isr) && !is_drivers_channel(isr)) {
            fputs("    [", out);
            write_channel(isr->channel, out);
            fprintf(out, "] = {.handler = isr_%s, .prio = %u", isr->object.name, isr->level);
            if (isr->port != 0) {
                fprintf(out, ", .port = %u", isr->port);
            }
            if (isr->virq != XEN_NO_VIRQ) {
                fprintf(out, ", .virq = %d", (int)isr->virq);
            }
            fputs("},\n", out);
        }
    }
    fputs("};\n", out);
}

static void gpio(const struct model_os *os, FILE *out)
{
    if (os->gpio != NULL) {
        fprintf(out, "\nconst struct gpio_cfg cfg_gpio = {.layout = &%s, .base = CFG_GPIO_BASE};\n",
                os->gpio);
    }
    if (os->pin_count == 0) {
        return;
    }
    fputs("\nconst char *const cfg_pins[CFG_PIN_COUNT] = {\n", out);
    for (size_t i = 0; i < os->pin_count; i++) {
        fputs("    ", out);
        write_string(os->pins[i], out);
        fputs(",\n", out);
    }
    fputs("};\n", out);
}

void write_tables(const struct model *model, FILE *out)
{
    write_banner(model, out, "the tables of kernel/cfg.h.");
    includes(model, out);
    fpu_areas(model, out);
    stacks(model, out);
    tasks(model, out);
    if (has_multiple_activations(model)) {
        ready_queues(model, out);
    } else {
        task_of_prio(model, out);
    }
    resources(model, out);
    counters(model, out);
    alarms(model, out);
    alarm_starts(model, out);
    schedtables(model, out);
    handlers(model, out);
    lines(model, out);
    channels(model, out);
    gpio(&model->os, out);
}
