/* SPDX-License-Identifier: Apache-2.0
 *
 * What the writers share: see write.h.
 */
#include "write.h"

#include <ctype.h>
#include <string.h>

#include "lib/pqueue.h"

void write_banner(const struct model *model, FILE *out, const char *what)
{
    fprintf(out,
            "/* SPDX-License-Identifier: Apache-2.0\n"
            " *\n"
            " * Generated from %s by oilc, do not edit: %s\n"
            " */\n",
            model->file, what);
}

void write_string(const char *text, FILE *out)
{
    fputc('"', out);
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\') {
            fputc('\\', out);
        }
        if (isprint((unsigned char)*text)) {
            fputc(*text, out);
        } else {
            fprintf(out, "\\%03o", (unsigned char)*text);
        }
    }
    fputc('"', out);
}

void write_channel(const char *name, FILE *out)
{
    fputs("EVTCHN_", out);
    for (; *name != '\0'; name++) {
        fputc(isalnum((unsigned char)*name) ? toupper((unsigned char)*name) : '_', out);
    }
}

const struct model_isr *isr_of_channel(const struct model *model, const char *name)
{
    for (size_t i = 0; i < model->isr_count; i++) {
        if (is_channel(&model->isrs[i]) && strcmp(model->isrs[i].channel, name) == 0) {
            return &model->isrs[i];
        }
    }
    return NULL;
}

bool has_virqs(const struct model *model)
{
    for (size_t i = 0; i < model->isr_count; i++) {
        if (model->isrs[i].virq != XEN_NO_VIRQ) {
            return true;
        }
    }
    return false;
}

size_t count_lines(const struct model *model)
{
    size_t count = 0;

    for (size_t i = 0; i < model->isr_count; i++) {
        count += is_line(&model->isrs[i]);
    }
    return count;
}

size_t count_alarm_starts(const struct model *model)
{
    size_t starts = 0;

    for (size_t i = 0; i < model->alarm_count; i++) {
        starts += model->alarms[i].autostart_modes != 0;
    }
    return starts;
}

unsigned int count_item_bits(const struct model *model)
{
    return (unsigned int)PQUEUE_ITEM_BITS(
        (unsigned int)(model->alarm_count + model->schedtable_count));
}

size_t first_queue_entry(const struct model *model, const struct model_counter *counter)
{
    size_t entries = 0;

    for (const struct model_counter *before = model->counters; before < counter; before++) {
        const unsigned int own = PQUEUE_ENTRIES(before->item_count);

        entries += own;
    }
    return entries;
}

size_t count_queue_entries(const struct model *model)
{
    return first_queue_entry(model, model->counters + model->counter_count);
}

size_t count_channels(const struct model *model)
{
    size_t count = 2;

    if (count_lines(model) == model->isr_count) {
        return 0;
    }
    for (size_t i = 0; i < model->isr_count; i++) {
        count += is_channel(&model->isrs[i]) && !is_drivers_channel(&model->isrs[i]);
    }
    return count;
}

size_t index_of_channel(const struct model *model, const struct model_isr *isr)
{
    size_t index = 2;

    if (is_drivers_channel(isr)) {
        return strcmp(isr->channel, "xenstore") == 0;
    }
    for (const struct model_isr *other = model->isrs; other != isr; other++) {
        index += is_channel(other) && !is_drivers_channel(other);
    }
    return index;
}

unsigned int prio_slots(const struct model *model, unsigned int prio)
{
    unsigned int slots = 0;

    for (size_t i = 0; i < model->task_count; i++) {
        slots += model->tasks[i].prio == prio ? model->tasks[i].activations : 0;
    }
    return slots;
}

bool has_multiple_activations(const struct model *model)
{
    for (unsigned int prio = 1; prio < model->prio_count; prio++) {
        if (prio_slots(model, prio) > 1) {
            return true;
        }
    }
    return false;
}

bool events_use_fpu(const struct model *model)
{
    for (size_t i = 0; i < model->isr_count; i++) {
        if (is_channel(&model->isrs[i]) && model->isrs[i].uses_fpu) {
            return true;
        }
    }
    return false;
}

bool uses_fpu(const struct model *model)
{
    for (size_t i = 0; i < model->task_count; i++) {
        if (model->tasks[i].uses_fpu) {
            return true;
        }
    }
    for (size_t i = 0; i < model->isr_count; i++) {
        if (model->isrs[i].uses_fpu) {
            return true;
        }
    }
    return false;
}

bool isrs_use_resources(const struct model *model)
{
    for (size_t i = 0; i < model->resource_count; i++) {
        if (model->resources[i].isr_level != 0) {
            return true;
        }
    }
    return false;
}
