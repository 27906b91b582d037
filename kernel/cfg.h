/* SPDX-License-Identifier: Apache-2.0
 *
 * The tables that describe an application to the kernel: what os_cfg.h (constants, in front of
 * every kernel file) and os_cfg.c (const tables) must hold, and what each field means. The OIL
 * compiler (tools/oilc) prints both files.
 *
 * os_cfg.h:
 *   enum { names of tasks }, enum { resources }, enum { counters }, enum { alarms },
 *   enum { schedule tables }, enum { application modes }
 *                                   ids, from 0, in the order of the tables
 *   enum { NAME = 0x00000001u, ... }
 *                                   mask of each event
 *   prototypes of the tasks (task_x), category 1 and 2 ISRs (isr_x) and alarm callbacks (callback_x)
 *                                   All these names are the application's and not seen where
 *                                   OS_SYSTEM is defined, which it is for all of the system's own
 *                                   files.
 *   CFG_EXTENDED_STATUS             1 = STATUS EXTENDED, 0 = STANDARD
 *   CFG_TASK_COUNT                  1 .. 255
 *   CFG_PRIO_COUNT                  priorities in use, idle's 0 included: 2 .. 255;
 *                                   up to 32 cost less (ready.h)
 *   CFG_MULTIPLE_ACTIVATIONS        1 if some priority can hold more than one activation: several
 *                                   tasks share it or one may be activated more than once (class 2)
 *   CFG_ACTIVATION_COUNT            sum of all tasks' max_activations
 *   CFG_EXTENDED_COUNT              extended tasks, those that wait for events: these come first
 *   CFG_STACK_COUNT                 stacks, the two that every application has included: 2 ..
 *   CFG_RESOURCE_COUNT              0 .. 255, RES_SCHEDULER included if used
 *   CFG_ISR_RESOURCES               1 if an ISR2 uses a resource
 *   CFG_COUNTER_COUNT               0 .. 255
 *   CFG_TIMER_COUNTER_COUNT         how many of them the machine's timer drives: these come first
 *   CFG_ALARM_COUNT                 0 ..
 *   CFG_ALARM_START_COUNT           how many start by themselves
 *   CFG_SCHEDTABLE_COUNT            0 .. ; alarms and schedule tables together: at most 32768
 *   CFG_QUEUE_ENTRIES               sum of PQUEUE_ENTRIES(item_count) of all counters
 *   CFG_APPMODE_COUNT               1 .. 8
 *   CFG_ISR_COUNT                   0 ..
 *   CFG_TIMER_LEVEL                 interrupt level of the machine's timer, as struct os_isr's;
 *                                   if left out, the port chooses
 *   CFG_FPU                         1 if a task or an ISR2 has USEFPU = TRUE
 *   CFG_STARTUPHOOK, CFG_SHUTDOWNHOOK, CFG_ERRORHOOK, CFG_PRETASKHOOK, CFG_POSTTASKHOOK,
 *   CFG_IDLEHOOK                    1 = the application has this hook
 *   CFG_USEGETSERVICEID             1 = OSErrorGetServiceId() works
 *   CFG_USEPARAMETERACCESS          1 = OSError_x_y() work
 * and, for applications, OSMAXALLOWEDVALUE_x, OSTICKSPERBASE_x, OSMINCYCLE_x for each counter x,
 * OSMAXALLOWEDVALUE, OSTICKSPERBASE, OSMINCYCLE and OSTICKDURATION (ns) for the system counter.
 * Constants that are compared with ids are unsigned (2u).
 */
#ifndef KERNEL_CFG_H
#define KERNEL_CFG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arch.h"
#include "os.h"

/** A task. Priorities are dense: 1 is the lowest task's, CFG_PRIO_COUNT - 1 the highest. */
struct task_cfg {
    void (*entry)(void);
    uint8_t prio;     /* static priority */
    uint8_t run_prio; /* priority while running: the higher of prio and the internal resource's
                                ceiling; the highest of all for SCHEDULE = NON */
    uint8_t max_activations; /* 1 .. 255; 1 for an extended task */
    uint8_t autostart_modes; /* bit n: starts in application mode n */
    uint8_t stack;           /* index into cfg_stacks[]; STACK_SHARED for most basic tasks, another
                                for each extended task */
    uint8_t id;              /* its own index into cfg_tasks[] */
    struct arch_fpu *fpu;    /* room for its floating-point registers; NULL: it uses none */
};
extern const struct task_cfg cfg_tasks[];

/** Names, for reports only: what does not print them does not link them. */
extern const char *const cfg_task_names[];

/** A stack: memory that ARCH_STACK() of <arch/port.h> has defined. Whoever goes below `low` finds
 *  nothing mapped there. */
struct stack_cfg {
    uint8_t *low;
    uint8_t *top; /* just behind its highest byte */
    const char *name;
};
enum { STACK_SHARED, STACK_INTERRUPT, STACK_FIRST_OWN }; /* of all basic tasks; of all handlers */
extern const struct stack_cfg cfg_stacks[];

/** The one task of each priority; [0] is NULL. Only if !CFG_MULTIPLE_ACTIVATIONS. */
extern const struct task_cfg *const cfg_prio_task[];

/** Room for the activations of one priority, in the order that they run. [0] is idle's: zeroes.
 *  Only if CFG_MULTIPLE_ACTIVATIONS. */
struct ready_cfg {
    uint8_t *slots; /* the next `size` of os_ready_slots[] */
    uint8_t size;   /* sum of max_activations of the tasks of this priority, 1 .. 255 */
};
extern const struct ready_cfg cfg_ready[];
extern uint8_t os_ready_slots[]; /* CFG_ACTIVATION_COUNT of them, the kernel's */

/** A resource. Linked ones are resources of their own, with the ceiling of the whole group; internal
 *  ones have no id and are not here: they are the tasks' run_prio. */
struct resource_cfg {
    uint8_t ceiling; /* highest prio of the tasks that use it; CFG_PRIO_COUNT - 1 for RES_SCHEDULER
                        and for one that an ISR2 uses */
    uint8_t level;   /* highest level of the ISR2s that use it, whose interrupts wait meanwhile;
                        0: no ISR2 does */
};
extern const struct resource_cfg cfg_resources[];

struct counter_cfg {
    AlarmBaseType base;
    uint32_t tick_ns; /* tick length, 1 .. 1,000,000,000 ns; 0 = IncrementCounter() drives it */
    const uint16_t *items; /* the alarms and schedule tables on this counter: alarms by their ids,
                              schedule tables by CFG_ALARM_COUNT + id */
    uint16_t item_count;
    uint32_t first_entry; /* where its queue starts in the kernel's CFG_QUEUE_ENTRIES: behind
                              PQUEUE_ENTRIES(item_count) for each counter before */
};
extern const struct counter_cfg cfg_counters[];

/** What an alarm or an expiry point does. */
enum action_kind { ACTION_ACTIVATETASK, ACTION_SETEVENT, ACTION_CALLBACK };

struct action {
    uint8_t kind; /* enum action_kind: which member of `on` is meant */
    union {
        TaskType task;
        struct {
            TaskType task;
            EventMaskType mask;
        } event;
        void (*callback)(void);
    } on;
};

struct alarm_cfg {
    struct action action;
    uint8_t counter;
    uint16_t item; /* index into its counter's items[] */
};
extern const struct alarm_cfg cfg_alarms[];

/** An alarm that starts by itself: StartOS() does what SetRelAlarm(alarm, start, cycle) does. */
struct alarm_start_cfg {
    uint16_t alarm;
    uint8_t modes;  /* bit n: in application mode n */
    TickType start; /* 1 .. maxallowedvalue */
    TickType cycle;
};
extern const struct alarm_start_cfg cfg_alarm_starts[];

/** A schedule table: expiry points in the order of their offsets, at least one, each with the
 *  actions that belong to it: tasks are activated before events are set (AUTOSAR SWS_Os_00412). */
struct expiry_cfg {
    TickType offset; /* ticks from the start of the round, 0 .. duration */
    uint16_t action_count;
    const struct action *actions;
};
struct schedtable_cfg {
    const struct expiry_cfg *points;
    TickType duration; /* ticks of one round, 1 .. maxallowedvalue of its counter */
    uint16_t point_count;
    uint16_t item; /* index into its counter's items[] */
    uint8_t counter;
    bool repeating;
    uint8_t autostart_modes; /* bit n: started at the start in application mode n */
    bool autostart_absolute; /* as StartScheduleTableAbs(start), else ...Rel(start) */
    TickType start;
};
extern const struct schedtable_cfg cfg_schedtables[];

/** An interrupt source with a handler; the port binds them before StartOS(). */
struct isr_cfg {
    struct os_isr isr;
    uint32_t source;  /* what the port calls it, for example a GIC interrupt id; 0 = the timer */
    uint8_t category; /* 1 or 2 */
};
extern const struct isr_cfg cfg_isrs[];

/** Whether an id is one of `count` objects; `count` is a CFG_x_COUNT, which may be 0. */
static inline bool cfg_has(unsigned int id, unsigned int count)
{
    return id < count;
}

_Static_assert(CFG_TASK_COUNT >= 1 && CFG_TASK_COUNT <= 255, "1 to 255 tasks");
_Static_assert(CFG_PRIO_COUNT >= 2 && CFG_PRIO_COUNT <= 255, "1 to 254 task priorities");
_Static_assert(CFG_RESOURCE_COUNT <= 255, "at most 255 resources");
_Static_assert(CFG_COUNTER_COUNT <= 255, "at most 255 counters");
_Static_assert(CFG_TIMER_COUNTER_COUNT <= CFG_COUNTER_COUNT, "timer counters are counters");
_Static_assert(CFG_EXTENDED_COUNT <= CFG_TASK_COUNT, "extended tasks are tasks");
_Static_assert(CFG_STACK_COUNT >= STACK_FIRST_OWN + CFG_EXTENDED_COUNT,
               "an extended task has a stack of its own");
_Static_assert(CFG_STACK_COUNT <= 256, "at most 254 stacks of one task each");
_Static_assert(CFG_ALARM_COUNT + CFG_SCHEDTABLE_COUNT <= 32768,
               "at most 32768 alarms and schedule tables");
_Static_assert(CFG_ALARM_COUNT + CFG_SCHEDTABLE_COUNT == 0 || CFG_COUNTER_COUNT > 0,
               "an alarm needs a counter");
_Static_assert(CFG_APPMODE_COUNT >= 1 && CFG_APPMODE_COUNT <= 8, "1 to 8 application modes");
_Static_assert(CFG_ACTIVATION_COUNT >= CFG_TASK_COUNT, "each task may be activated once at least");
_Static_assert(CFG_MULTIPLE_ACTIVATIONS || CFG_ACTIVATION_COUNT == CFG_TASK_COUNT,
               "more activations than tasks need CFG_MULTIPLE_ACTIVATIONS");

#endif
