/* SPDX-License-Identifier: Apache-2.0
 *
 * The tables that describe an application to the kernel: what os_cfg.h (constants, in front of
 * every kernel file) and os_cfg.c (const tables) must hold, and what each field means. The OIL
 * compiler prints both files.
 *
 * os_cfg.h:
 *   enum { names of tasks }, enum { resources }, enum { counters }, enum { alarms },
 *   enum { application modes }      ids, from 0, in the order of the tables
 *   prototypes of the tasks (task_x), category 1 and 2 ISRs (isr_x) and alarm callbacks (alarm_x)
 *   CFG_EXTENDED_STATUS             1 = STATUS EXTENDED, 0 = STANDARD
 *   CFG_TASK_COUNT                  1 .. 255
 *   CFG_PRIO_COUNT                  priorities in use, idle's 0 included: 2 .. 32
 *   CFG_MULTIPLE_ACTIVATIONS        1 if some priority can hold more than one activation: several
 *                                   tasks share it or one may be activated more than once (class 2)
 *   CFG_ACTIVATION_COUNT            sum of all tasks' max_activations
 *   CFG_RESOURCE_COUNT              0 .. 255, RES_SCHEDULER included if used
 *   CFG_COUNTER_COUNT               0 .. 255
 *   CFG_TIMER_COUNTER_COUNT         how many of them the machine's timer drives: these come first
 *   CFG_ALARM_COUNT                 0 .. 65534
 *   CFG_APPMODE_COUNT               1 .. 8
 *   CFG_ISR_COUNT                   0 ..
 *   CFG_TIMER_LEVEL                 interrupt level of the machine's timer, as struct isr_cfg's;
 *                                   if left out, the port chooses
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
#include <stdint.h>

#include "os.h"

/** A task. Priorities are dense: 1 is the lowest task's, CFG_PRIO_COUNT - 1 the highest. */
struct task_cfg {
    void (*entry)(void);
    uint8_t prio;     /* static priority */
    uint8_t run_prio; /* priority while running: the higher of prio and the internal resource's
                                ceiling; the highest of all for SCHEDULE = NON */
    uint8_t max_activations; /* 1 .. 255 */
    uint8_t autostart_modes; /* bit n: starts in application mode n */
};
extern const struct task_cfg cfg_tasks[];

/** The one task of each priority; [0] is NULL. Only if !CFG_MULTIPLE_ACTIVATIONS. */
extern const struct task_cfg *const cfg_prio_task[];

/** Room for the activations of one priority, in the order that they run. [0] is idle's: zeroes.
 *  Only if CFG_MULTIPLE_ACTIVATIONS. */
struct ready_cfg {
    uint8_t *slots; /* the next `size` of os_ready_slots[] */
    uint8_t size;   /* sum of max_activations of the tasks of this priority */
};
extern const struct ready_cfg cfg_ready[];
extern uint8_t os_ready_slots[]; /* CFG_ACTIVATION_COUNT of them, the kernel's */

struct resource_cfg {
    uint8_t ceiling; /* highest prio of the tasks that use it; RES_SCHEDULER: CFG_PRIO_COUNT - 1 */
};
extern const struct resource_cfg cfg_resources[];

struct counter_cfg {
    AlarmBaseType base;
    uint32_t tick_ns;     /* tick length, 1 .. 1,000,000,000 ns; 0 = IncrementCounter() drives it */
    uint16_t alarm_count; /* alarms on this counter */
    uint16_t first_place; /* where its alarm queue's arrays start in the kernel's: the sum of
                             (alarm_count + 1) of the counters before */
};
extern const struct counter_cfg cfg_counters[];

/** What an alarm does when it expires. */
enum alarm_action { ALARM_ACTIVATETASK, ALARM_CALLBACK };

struct alarm_cfg {
    uint8_t counter;
    uint8_t action;          /* enum alarm_action: says which member of `on` is meant */
    uint8_t autostart_modes; /* bit n: armed at the start in application mode n */
    union {
        TaskType task;
        void (*callback)(void);
    } on;
    TickType start; /* autostart: ticks from StartOS() to the first expiry, 1 .. maxallowedvalue */
    TickType cycle; /* autostart: as SetRelAlarm's */
};
extern const struct alarm_cfg cfg_alarms[];

/** An interrupt source with a handler; the port binds them before StartOS(). */
struct isr_cfg {
    void (*handler)(void);
    uint32_t source;  /* what the port calls it, for example a GIC interrupt id */
    uint8_t level;    /* 1 = the lowest; a higher level interrupts a lower one */
    uint8_t category; /* 1 or 2 */
};
extern const struct isr_cfg cfg_isrs[];

/** Whether an id is one of `count` objects; `count` is a CFG_x_COUNT, which may be 0. */
static inline bool cfg_has(unsigned int id, unsigned int count)
{
    return id < count;
}

_Static_assert(CFG_TASK_COUNT >= 1 && CFG_TASK_COUNT <= 255, "1 to 255 tasks");
_Static_assert(CFG_PRIO_COUNT >= 2 && CFG_PRIO_COUNT <= 32, "1 to 31 task priorities");
_Static_assert(CFG_RESOURCE_COUNT <= 255, "at most 255 resources");
_Static_assert(CFG_COUNTER_COUNT <= 255, "at most 255 counters");
_Static_assert(CFG_TIMER_COUNTER_COUNT <= CFG_COUNTER_COUNT, "timer counters are counters");
_Static_assert(CFG_ALARM_COUNT <= 65534, "at most 65534 alarms");
_Static_assert(CFG_ALARM_COUNT == 0 || CFG_COUNTER_COUNT > 0, "an alarm needs a counter");
_Static_assert(CFG_APPMODE_COUNT >= 1 && CFG_APPMODE_COUNT <= 8, "1 to 8 application modes");
_Static_assert(CFG_ACTIVATION_COUNT >= CFG_TASK_COUNT, "each task may be activated once at least");
_Static_assert(CFG_MULTIPLE_ACTIVATIONS || CFG_ACTIVATION_COUNT == CFG_TASK_COUNT,
               "more activations than tasks need CFG_MULTIPLE_ACTIVATIONS");

#endif
