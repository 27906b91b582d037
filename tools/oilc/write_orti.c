/* SPDX-License-Identifier: Apache-2.0
 *
 * Print the description of the configuration that OSEK-aware debuggers read: OSEK Run Time
 * Interface 2.2, part A (the form) and part B (the objects and their attributes). A declaration
 * section says which attributes there are, an information section gives, for each object, a C
 * expression on the image's symbols. What the kernel does not keep in memory is left out.
 */
#include "write_orti.h"

#include "lib/pqueue.h"

/* Task i is ready, or preempted, or running. */
static void ready(const struct model *model, size_t i, FILE *out)
{
    if (has_multiple_activations(model)) {
        fprintf(out, "os_activations[%zu] != 0", i);
    } else if (has_priority_groups(model)) {
        fprintf(out,
                "(os_ready_groups[cfg_tasks[%zu].prio / 32] >> cfg_tasks[%zu].prio %% 32 & 1) != 0",
                i, i);
    } else {
        fprintf(out, "(os.ready_map >> cfg_tasks[%zu].prio & 1) != 0", i);
    }
}

static void os(const struct model *model, FILE *out)
{
    fprintf(out,
            "\nOS %s {\n"
            "    RUNNINGTASK = \"os.running\";\n"
            "    RUNNINGTASKPRIORITY = \"os.prio\";\n",
            model->os.object.name);
    if (os_isr_is_kept(model)) {
        fputs("    RUNNINGISR2 = \"os.isr\";\n", out);
    }
    if (model->os.error_hook) {
        fputs("    LASTERROR = \"os_last_error\";\n", out);
    }
    fputs("    CURRENTAPPMODE = \"os.mode\";\n};\n", out);
}

static void task_state(const struct model *model, size_t i, FILE *out)
{
    fprintf(out, "    STATE = \"os.running == &cfg_tasks[%zu] ? 3 : ", i);
    if (model->tasks[i].extended) {
        fprintf(out, "os_extended[%zu].waiting ? 2 : ", i);
    }
    ready(model, i, out);
    fputs(" ? 1 : 0\";\n", out);
}

static void task_activations(const struct model *model, size_t i, FILE *out)
{
    fputs("    CURRENTACTIVATIONS = \"", out);
    if (has_multiple_activations(model)) {
        fprintf(out, "os_activations[%zu]\";\n", i);
        return;
    }
    if (model->tasks[i].extended) {
        fprintf(out, "os_extended[%zu].waiting || ", i);
    }
    ready(model, i, out);
    fputs("\";\n", out);
}

static void task(const struct model *model, size_t i, FILE *out)
{
    fprintf(out, "\nTASK %s {\n", model->tasks[i].object.name);
    fprintf(out,
            "    PRIORITY = \"os.running == &cfg_tasks[%zu] ? os.prio : cfg_tasks[%zu].prio\";\n",
            i, i);
    task_state(model, i, out);
    fprintf(out, "    STACK = \"cfg_tasks[%zu].stack\";\n", i);
    task_activations(model, i, out);
    fputs("};\n", out);
}

static void stack(const struct model *model, size_t i, FILE *out)
{
    fprintf(out, "\nSTACK %s {\n", model->stacks[i].symbol);
    fprintf(out, "    SIZE = \"cfg_stacks[%zu].top - cfg_stacks[%zu].low\";\n", i, i);
    fprintf(out, "    BASEADDRESS = \"cfg_stacks[%zu].low\";\n", i);
    fputs("    STACKDIRECTION = \"DOWN\";\n    FILLPATTERN = \"0xa5\";\n};\n", out);
}

static void alarm_action(const struct model_action *action, FILE *out)
{
    switch (action->kind) {
    case ACT_ACTIVATETASK:
        fprintf(out, "    ACTION = \"ActivateTask(%s)\";\n", action->task->object.name);
        break;
    case ACT_SETEVENT:
        fprintf(out, "    ACTION = \"SetEvent(%s, %s)\";\n", action->task->object.name,
                action->event->object.name);
        break;
    default:
        fprintf(out, "    ACTION = \"%s()\";\n", action->callback);
        break;
    }
}

/* What a debugger reads of an alarm that is armed: for each place where its entry may be in its
 * counter's queue (lib/pqueue.h), whether it is there; if so, when it expires, or 1. */
static void armed_alarm(const struct model *model, const struct model_alarm *one, bool is_time,
                        FILE *out)
{
    const size_t first = first_queue_entry(model, one->counter);
    const unsigned int bits = count_item_bits(model);
    unsigned int place = PQUEUE_WAYS(one->counter->item_count) + one->item;

    fprintf(out, "os_counters[%td].queue.ways == 0 ? 0 : ", one->counter - model->counters);
    for (; place != 0; place /= 2) {
        fprintf(out, "(queue_entries[%zu] & %u) == %u ? ", first + place, (1u << bits) - 1u,
                one->item);
        if (is_time) {
            fprintf(out, "queue_entries[%zu] >> %u : ", first + place, bits);
        } else {
            fputs("1 : ", out);
        }
    }
    fputs("0", out);
}

static void alarm(const struct model *model, size_t i, FILE *out)
{
    const struct model_alarm *one = &model->alarms[i];

    fprintf(out, "\nALARM %s {\n    ALARMTIME = \"", one->object.name);
    armed_alarm(model, one, true, out);
    fprintf(out, "\";\n    CYCLETIME = \"os_alarms[%zu].cycle\";\n    STATE = \"", i);
    armed_alarm(model, one, false, out);
    fputs("\";\n", out);
    alarm_action(&one->action, out);
    fprintf(out, "    COUNTER = \"%s\";\n", one->counter->object.name);
    fprintf(out, "    vs_LOST = \"os_alarms[%zu].lost\";\n};\n", i);
}

static void resource(const struct model *model, size_t i, FILE *out)
{
    fprintf(out, "\nRESOURCE %s {\n", model->resources[i].object.name);
    if (model->os.extended_status) {
        fprintf(out, "    STATE = \"tracks[%zu].taken\";\n", i);
        fprintf(out, "    LOCKER = \"tracks[%zu].taken ? tracks[%zu].holder : 0\";\n", i, i);
    }
    fprintf(out, "    PRIORITY = \"cfg_resources[%zu].ceiling\";\n};\n", i);
}

static void line_isr(const struct model_isr *isr, size_t index, FILE *out)
{
    if (isr->source == SOURCE_TIMER) {
        fputs("    vs_SOURCE = \"TIMER\";\n", out);
    } else {
        fprintf(out, "    vs_SOURCE = \"GIC %u\";\n", isr->line);
    }
    fprintf(out, "    vs_CATEGORY = \"cfg_isrs[%zu].category\";\n", index);
    fprintf(out, "    vs_LEVEL = \"cfg_isrs[%zu].isr.level\";\n", index);
}

static void channel_isr(const struct model_isr *isr, size_t index, FILE *out)
{
    fprintf(out, "    vs_SOURCE = \"EVENTCHANNEL %s\";\n", isr->channel);
    fprintf(out, "    vs_CATEGORY = \"2\";\n    vs_LEVEL = \"cfg_evtchn[%zu].prio\";\n", index);
}

static void isrs(const struct model *model, FILE *out)
{
    size_t line = 0;

    for (size_t i = 0; i < model->isr_count; i++) {
        const struct model_isr *isr = &model->isrs[i];

        fprintf(out, "\nvs_ISR %s {\n", isr->object.name);
        if (is_line(isr)) {
            line_isr(isr, line++, out);
        } else {
            channel_isr(isr, index_of_channel(model, isr), out);
        }
        fputs("};\n", out);
    }
}

/* An event of one task: the same one may be another task's too. */
static void event(const struct model_task *task, size_t i, const struct model_event *one, FILE *out)
{
    const char *name = task->object.name;

    fprintf(out, "\nvs_EVENT %s_%s {\n    vs_TASK = \"%s\";\n", name, one->object.name, name);
    fprintf(out, "    vs_MASK = \"0x%08x\";\n", one->mask);
    fprintf(out, "    vs_STATE = \"(os_extended[%zu].set & 0x%x) != 0 ? 1 : ", i, one->mask);
    fprintf(out, "os_extended[%zu].waiting && (os_extended[%zu].awaited & 0x%x) != 0 ? 2 : 0\";\n",
            i, i, one->mask);
    fputs("};\n", out);
}

static void events(const struct model *model, FILE *out)
{
    for (size_t i = 0; i < model->extended_count; i++) {
        for (size_t j = 0; j < model->tasks[i].event_count; j++) {
            event(&model->tasks[i], i, model->tasks[i].events[j], out);
        }
    }
}

static void counter(const struct model *model, size_t i, FILE *out)
{
    const struct model_counter *one = &model->counters[i];
    const size_t first = first_queue_entry(model, one);

    fprintf(out, "\nvs_COUNTER %s {\n", one->object.name);
    fprintf(out, "    vs_SOURCE = \"%s\";\n", one->tick_ns != 0 ? "TIMER" : "SOFTWARE");
    fprintf(out, "    vs_TICKS = \"os_counters[%zu].ticks\";\n", i);
    fprintf(out, "    vs_NEXT = \"queue_entries[%zu] + 1 == 0 ? 0 :", first + 1);
    fprintf(out, " queue_entries[%zu] >> %u\";\n};\n", first + 1, count_item_bits(model));
}

static void schedtable(const struct model *model, size_t i, FILE *out)
{
    const struct model_schedtable *one = &model->schedtables[i];

    fprintf(out, "\nvs_SCHEDULETABLE %s {\n", one->object.name);
    fprintf(out, "    vs_STATE = \"tables[%zu].status\";\n", i);
    fprintf(out, "    vs_BEGIN = \"tables[%zu].begin\";\n", i);
    fprintf(out, "    vs_POINT = \"tables[%zu].point\";\n", i);
    fprintf(out, "    vs_COUNTER = \"%s\";\n", one->counter->object.name);
    fprintf(out, "    vs_LOST = \"tables[%zu].lost\";\n};\n", i);
}

void write_orti(const struct model *model, FILE *out)
{
    write_banner(model, out, "for OSEK-aware debuggers.");
    write_orti_types(model, out);
    os(model, out);
    for (size_t i = 0; i < model->task_count; i++) {
        task(model, i, out);
    }
    for (size_t i = 0; i < model->stack_count; i++) {
        stack(model, i, out);
    }
    for (size_t i = 0; i < model->alarm_count; i++) {
        alarm(model, i, out);
    }
    for (size_t i = 0; i < model->resource_count; i++) {
        resource(model, i, out);
    }
    isrs(model, out);
    events(model, out);
    for (size_t i = 0; i < model->counter_count; i++) {
        counter(model, i, out);
    }
    for (size_t i = 0; i < model->schedtable_count; i++) {
        schedtable(model, i, out);
    }
}
