/* SPDX-License-Identifier: Apache-2.0
 *
 * A checked configuration: what the front (parse, resolve, check) hands to the writers. All
 * references are pointers, all defaults are filled in, everything computed is here (dense
 * priorities, ceilings, order of ids); writers only print. Objects are in the order of their ids
 * and each array is followed by its count.
 */
#ifndef OILC_MODEL_H
#define OILC_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum model_class { CLASS_BCC1, CLASS_BCC2, CLASS_ECC1, CLASS_ECC2, CLASS_COUNT };
extern const char *const class_names[CLASS_COUNT];

/** A place in an OIL file, for messages that point at an object. */
struct place {
    const char *file;
    unsigned int line;
    unsigned int column;
};

struct object {
    const char *name;
    const char *description; /* the text after `:`, "" if there is none */
    struct place place;
};

struct model_appmode {
    struct object object;
};

struct model_event {
    struct object object;
    uint32_t mask; /* one bit or as OIL says; MASK = AUTO: the lowest bit free in all its tasks */
};

struct model_stack {
    const char *name;   /* as reports show it: the task's name */
    const char *symbol; /* C name of the memory */
    unsigned int bytes; /* a multiple of 4096 */
};

struct model_resource {
    struct object object;
    unsigned int ceiling;                /* cfg.h: resource_cfg.ceiling */
    unsigned int isr_level;              /* cfg.h: resource_cfg.level */
    const struct model_resource *linked; /* LINKEDRESOURCE; NULL = a standard one. For --print */
};

struct model_task {
    struct object object;
    bool extended;
    bool preemptable; /* SCHEDULE = FULL */
    bool uses_fpu;
    unsigned int oil_priority; /* as written */
    unsigned int prio;         /* dense, 1 .. */
    unsigned int run_prio;
    unsigned int activations;
    uint32_t autostart_modes;
    unsigned int stack;   /* index into stacks[] */
    const char *internal; /* its internal resource's name, NULL = none. For --print */
    const struct model_event **events;
    size_t event_count;
    const struct model_resource **resources; /* standard and linked ones */
    size_t resource_count;
};

enum action { ACT_ACTIVATETASK, ACT_SETEVENT, ACT_CALLBACK, ACT_INCREMENTCOUNTER, ACT_HANDLER };

struct model_counter;
struct model_action {
    enum action kind;
    const struct model_task *task;       /* ACT_ACTIVATETASK, ACT_SETEVENT */
    const struct model_event *event;     /* ACT_SETEVENT */
    const char *callback;                /* ACT_CALLBACK: ALARMCALLBACK(name) */
    const struct model_counter *counter; /* ACT_INCREMENTCOUNTER: ISRs only */
};

enum isr_source { SOURCE_GIC, SOURCE_EVENTCHANNEL, SOURCE_TIMER };

/** As xen/xen.h numbers them; 0, the timer's, is no guest's on ARM. */
enum xen_virq { XEN_NO_VIRQ = 0, XEN_VIRQ_DEBUG = 1 };

struct model_isr {
    struct object object;
    unsigned int category;
    unsigned int level; /* PRIORITY as written, 1 .. 30: interrupt level */
    enum isr_source source;
    unsigned int line; /* SOURCE_GIC: 16 .. */
    const char
        *channel;      /* SOURCE_EVENTCHANNEL: name as written; console, xenstore, pins are known */
    unsigned int port; /* of the channel, if Xen's device tree gives it one; else 0 */
    enum xen_virq virq;         /* SOURCE_EVENTCHANNEL: Xen itself is the other end */
    struct model_action action; /* ACT_HANDLER: the application's ISR(name) */
    bool uses_fpu;
    const struct model_resource **resources;
    size_t resource_count;
};

static inline bool is_channel(const struct model_isr *isr)
{
    return isr->source == SOURCE_EVENTCHANNEL;
}

/** Whether the channel is one of the two that every application has, with a driver's handler. */
static inline bool is_drivers_channel(const struct model_isr *isr)
{
    return is_channel(isr) &&
           (strcmp(isr->channel, "console") == 0 || strcmp(isr->channel, "xenstore") == 0);
}

/** Whether a driver asks Xen for the channel's port. */
static inline bool has_drivers_port(const struct model_isr *isr)
{
    return is_drivers_channel(isr) || (is_channel(isr) && strcmp(isr->channel, "pins") == 0);
}

struct model_counter {
    struct object object;
    uint32_t max_allowed;
    uint32_t ticks_per_base;
    uint32_t min_cycle;
    uint32_t tick_ns;        /* 0 = software */
    unsigned int item_count; /* alarms and schedule tables on it */
    bool is_system; /* OSMAXALLOWEDVALUE and OSTICKDURATION without suffix are this one's */
};

struct model_alarm {
    struct object object;
    const struct model_counter *counter;
    struct model_action action;
    uint32_t autostart_modes;
    uint32_t start;    /* ALARMTIME */
    uint32_t cycle;    /* CYCLETIME */
    unsigned int item; /* which of its counter's items it is */
};

struct model_point {
    struct place place;
    uint32_t offset;
    struct model_action *actions; /* activations first */
    size_t action_count;
};

struct model_schedtable {
    struct object object;
    const struct model_counter *counter;
    uint32_t duration;
    bool repeating;
    uint32_t autostart_modes;
    bool autostart_absolute;
    uint32_t start;
    struct model_point *points; /* ascending offsets */
    size_t point_count;
    unsigned int item; /* which of its counter's items it is */
};

enum console_choice { CONSOLE_AUTO, CONSOLE_PV, CONSOLE_UART, CONSOLE_NONE };
enum echo_choice { ECHO_CONSOLE, ECHO_UART, ECHO_NONE };

struct model_os {
    struct object object;
    bool extended_status;
    bool startup_hook, shutdown_hook, error_hook, pretask_hook, posttask_hook, idle_hook;
    bool use_get_service_id, use_parameter_access;
    bool use_res_scheduler; /* RES_SCHEDULER is among resources[] */
    enum model_class stated_class;
    bool class_is_stated;
    enum model_class inferred_class;
    unsigned int timer_level; /* TIMERPRIORITY; 0 = the port chooses */
    unsigned int event_level; /* highest PRIORITY of any ISR on an event channel; 0 = none */
    enum console_choice console;
    const struct model_task *console_task; /* CONSOLEINPUT = TASK; NULL = ISR2 */
    enum echo_choice console_echo;
    unsigned int console_block_ms;            /* CONSOLEFULL = BLOCK; 0 = DROP */
    const struct model_task *storm_task;      /* NULL = none */
    unsigned int event_budget;                /* 0 = the driver's default */
    const struct model_alarm *xenstore_alarm; /* NULL = none */
    unsigned int xenstore_ticks;              /* 0 = the driver's default */
    unsigned int grant_frames;                /* 0 = the driver's default */
    unsigned int grant_maps;                  /* 0 = none */
    bool report;
    const struct model_alarm *watchdog_alarm; /* NULL = no watchdog */
    unsigned int watchdog_seconds;            /* 0 = no watchdog */
    const char *gpio;                         /* "sunxi_h3", "sunxi_a20"; NULL = no pin service */
    uint32_t gpio_base;
    const char **pins; /* "PA15" ... */
    size_t pin_count;
};

struct model {
    const char *file;     /* the OIL file, as the command line names it, without folders */
    const char *cpu_name; /* of the CPU object */
    struct model_os os;
    struct model_appmode *appmodes; /* OIL's first is OSDEFAULTAPPMODE */
    size_t appmode_count;
    struct model_event *events;
    size_t event_count;
    struct model_task *tasks; /* extended ones first, else OIL's order */
    size_t task_count;
    size_t extended_count;
    unsigned int prio_count;    /* idle's 0 included */
    struct model_stack *stacks; /* [0] shared, [1] interrupts, then tasks' own */
    size_t stack_count;
    struct model_resource *resources; /* RES_SCHEDULER first if used; no internal ones */
    size_t resource_count;
    struct model_counter *counters; /* timer-driven ones first, else OIL's order */
    size_t counter_count;
    size_t timer_counter_count;
    struct model_alarm *alarms;
    size_t alarm_count;
    struct model_schedtable *schedtables;
    size_t schedtable_count;
    struct model_isr *isrs;
    size_t isr_count;
};

/* Writers: each prints one file to `out`, byte for byte the same for the same model. */
#include <stdio.h>
void write_header(const struct model *model, FILE *out); /* os_cfg.h */
void write_tables(const struct model *model, FILE *out); /* os_cfg.c */
void write_orti(const struct model *model, FILE *out);   /* os_cfg.orti */
void write_oil(const struct model *model, FILE *out);    /* --print */

#endif
