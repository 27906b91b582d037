/* SPDX-License-Identifier: Apache-2.0
 *
 * A reference model of the operating system: slow and obvious. It keeps a list of all activations
 * that have not ended and, after each event, searches the whole list for the one that must run;
 * priorities and interrupt levels are found by looking at everything that is held at the moment. It
 * knows nothing of the kernel's bitmap, rings, stacks and queues; only the configuration's tables.
 */
#ifndef MODEL_H
#define MODEL_H

#include <stdbool.h>

#include "kernel/cfg.h"

#define MODEL_TIMER_LEVEL     CFG_TIMER_LEVEL
#define MODEL_COUNTS_PER_TICK 2u /* of the counter Time */

/** What a task or an interrupt has while it exists. */
struct model_owner {
    unsigned int held_count;
    ResourceType held[CFG_RESOURCE_COUNT];
    struct arch_fpu fpu; /* what its registers must be; the test keeps it */
};

/** One activation. */
struct model_job {
    struct model_owner owner;
    TaskType task;
    unsigned int order; /* in which it became ready: smaller is older */
    bool exists;
    bool started;
    bool active;  /* runs, or is preempted */
    bool yielded; /* inside Schedule(): its internal resource is released */
    bool waiting;
    EventMaskType set;
    EventMaskType awaited;
};

/** Nothing exists but what starts by itself in mode 0, and time is 0. */
void model_reset(void);

/** The activation that must run now, or NULL. It is started by this. */
struct model_job *model_run(void);

/** Who calls now: the innermost interrupt, else the activation that runs; NULL = idle. */
struct model_owner *model_caller(void);
bool model_is_in_isr(void);

/* Services. Each returns the status that the service must return; not E_OK: nothing has changed. */
StatusType model_activate(TaskType task);
StatusType model_terminate(void);
StatusType model_chain(TaskType task);
StatusType model_schedule(void);
StatusType model_get(ResourceType resource);
StatusType model_release(ResourceType resource);
StatusType model_set_event(TaskType task, EventMaskType mask);
StatusType model_clear_event(EventMaskType mask);
StatusType model_wait_event(EventMaskType mask);
StatusType model_get_event(TaskType task, EventMaskType *set);
StatusType model_set_alarm(AlarmType alarm, TickType increment, TickType cycle);
StatusType model_set_alarm_at(AlarmType alarm, TickType start, TickType cycle);
StatusType model_cancel_alarm(AlarmType alarm);
StatusType model_get_alarm(AlarmType alarm, TickType *left);
StatusType model_start_table(ScheduleTableType table, TickType offset);
StatusType model_start_table_at(ScheduleTableType table, TickType start);
StatusType model_stop_table(ScheduleTableType table);
StatusType model_next_table(ScheduleTableType from, ScheduleTableType to);
ScheduleTableStatusType model_table_status(ScheduleTableType table);
TaskStateType model_state(TaskType task);

/** What the counter shows. */
TickType model_counter(CounterType counter);

uint32_t model_alarm_lost(AlarmType alarm);
uint32_t model_table_lost(ScheduleTableType table);

/** The task's function returned: E_OS_MISSINGEND, resources are given back, and it ends. */
void model_return(void);

/** One tick of the counter Ticks. */
void model_tick(void);

/** Errors so far that ErrorHook must have been told. */
extern unsigned int model_errors;

/** Alarm callbacks so far. */
extern unsigned int model_callbacks;

/* ---- interrupts ---- */

/** Up to which level interrupts wait now. */
unsigned int model_level(void);

/** Source `index` of cfg_isrs[] has been raised. */
void model_raise(unsigned int index);

/** The pending source that must be taken now; CFG_ISR_COUNT = none. */
unsigned int model_next_isr(void);

void model_isr_enter(unsigned int index);

/** The innermost handler ends: what it holds is given back, with an error. */
void model_isr_leave(void);

/* ---- time ---- */

/** The timer's interrupts that were possible until `count` have happened. */
void model_time_is(uint64_t count);

/** Time jumps to `count`, or was masked until then: what was due before comes at that moment. */
void model_time_jumps(uint64_t count);

/** Interrupts have just been let through, and so may run before the next task does. */
void model_settle(uint64_t count);

#endif
