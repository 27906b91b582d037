/* SPDX-License-Identifier: Apache-2.0
 *
 * Tables of the configuration that os_cfg.h describes.
 */
#include "kernel/cfg.h"

const struct task_cfg cfg_tasks[] = {
    [Low] = {.entry = task_Low,
             .prio = 1,
             .run_prio = 1,
             .max_activations = 1,
             .autostart_modes = 1u << DefaultMode},
    [Middle] = {.entry = task_Middle, .prio = 2, .run_prio = 2, .max_activations = 1},
    [High] = {.entry = task_High, .prio = 3, .run_prio = 3, .max_activations = 1},
};

const struct task_cfg *const cfg_prio_task[] = {
    [1] = &cfg_tasks[Low],
    [2] = &cfg_tasks[Middle],
    [3] = &cfg_tasks[High],
};

const struct counter_cfg cfg_counters[] = {
    [SystemCounter] = {.base = {.maxallowedvalue = OSMAXALLOWEDVALUE_SystemCounter,
                                .ticksperbase = OSTICKSPERBASE_SystemCounter,
                                .mincycle = OSMINCYCLE_SystemCounter},
                       .tick_ns = OSTICKDURATION,
                       .alarm_count = 2,
                       .first_place = 0},
    [Software] = {.base = {.maxallowedvalue = OSMAXALLOWEDVALUE_Software,
                           .ticksperbase = OSTICKSPERBASE_Software,
                           .mincycle = OSMINCYCLE_Software},
                  .alarm_count = 2,
                  .first_place = 3},
};

const struct alarm_cfg cfg_alarms[] = {
    [Auto] = {.counter = SystemCounter,
              .action = ALARM_ACTIVATETASK,
              .autostart_modes = 1u << DefaultMode,
              .on = {.task = Middle},
              .start = 5,
              .cycle = 0},
    [Timed] = {.counter = SystemCounter, .action = ALARM_CALLBACK, .on = {.callback = alarm_Timed}},
    [Steps] = {.counter = Software, .action = ALARM_ACTIVATETASK, .on = {.task = High}},
    [Calls] = {.counter = Software, .action = ALARM_CALLBACK, .on = {.callback = alarm_Calls}},
};
