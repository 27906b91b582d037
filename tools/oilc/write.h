/* SPDX-License-Identifier: Apache-2.0
 *
 * What the writers share: how generated files begin, C spellings of a model's objects, and the few
 * facts about a whole model that more than one of them prints.
 */
#ifndef OILC_WRITE_H
#define OILC_WRITE_H

#include "model.h"

/** First lines of a file: licence, origin, and what it holds. */
void write_banner(const struct model *model, FILE *out, const char *what);

/** A string as a C literal, with its quotes. */
void write_string(const char *text, FILE *out);

/** The enumerator of an event channel: EVTCHN_MOTOR for "motor". */
void write_channel(const char *name, FILE *out);

/** Whether the interrupt is the kernel's and the port's (cfg_isrs[]), and not an event channel. */
static inline bool is_line(const struct model_isr *isr)
{
    return !is_channel(isr);
}

/** The ISR on an event channel, by the channel's name. NULL: there is none. */
const struct model_isr *isr_of_channel(const struct model *model, const char *name);

/** Whether Xen itself raises one of the channels. */
bool has_virqs(const struct model *model);

size_t count_lines(const struct model *model);    /* entries of cfg_isrs[] */
size_t count_channels(const struct model *model); /* entries of cfg_evtchn[]; 0 = no table */

size_t count_alarm_starts(const struct model *model);    /* alarms that start by themselves */
unsigned int count_item_bits(const struct model *model); /* of an entry of a counter's queue */
size_t first_queue_entry(const struct model *model, const struct model_counter *counter);
size_t count_queue_entries(const struct model *model); /* of all counters' queues */

/** Which entry of cfg_evtchn[] an ISR on an event channel is. */
size_t index_of_channel(const struct model *model, const struct model_isr *isr);

/** Activations that one priority may hold. */
unsigned int prio_slots(const struct model *model, unsigned int prio);

/** Whether a priority can hold more than one. */
bool has_multiple_activations(const struct model *model);

/** Whether the bitmap of the priorities has two levels: kernel/ready.h. */
static inline bool has_priority_groups(const struct model *model)
{
    return model->prio_count > 32;
}

bool isrs_use_resources(const struct model *model);

bool uses_fpu(const struct model *model);       /* a task or an ISR */
bool events_use_fpu(const struct model *model); /* an ISR on an event channel */

#endif
