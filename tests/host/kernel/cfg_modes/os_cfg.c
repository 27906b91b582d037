/* SPDX-License-Identifier: Apache-2.0
 *
 * Tables of the configuration that os_cfg.h describes.
 */
#include "kernel/cfg.h"

const struct task_cfg cfg_tasks[] = {
    [First] = {.entry = task_First,
               .prio = 1,
               .run_prio = 1,
               .max_activations = 1,
               .autostart_modes = 1u << ModeOne},
    [Second] = {.entry = task_Second,
                .prio = 2,
                .run_prio = 2,
                .max_activations = 1,
                .autostart_modes = 1u << ModeTwo},
    [Both] = {.entry = task_Both,
              .prio = 3,
              .run_prio = 3,
              .max_activations = 1,
              .autostart_modes = 1u << ModeOne | 1u << ModeTwo},
    [Later] = {.entry = task_Later, .prio = 4, .run_prio = 4, .max_activations = 1},
};

const struct task_cfg *const cfg_prio_task[] = {
    [1] = &cfg_tasks[First],
    [2] = &cfg_tasks[Second],
    [3] = &cfg_tasks[Both],
    [4] = &cfg_tasks[Later],
};

const struct counter_cfg cfg_counters[] = {
    [SystemCounter] = {.base = {.maxallowedvalue = OSMAXALLOWEDVALUE_SystemCounter,
                                .ticksperbase = OSTICKSPERBASE_SystemCounter,
                                .mincycle = OSMINCYCLE_SystemCounter},
                       .tick_ns = OSTICKDURATION,
                       .alarm_count = 1,
                       .first_place = 0},
};

const struct alarm_cfg cfg_alarms[] = {
    [Soon] = {.counter = SystemCounter,
              .action = ALARM_ACTIVATETASK,
              .autostart_modes = 1u << ModeTwo,
              .on = {.task = Later},
              .start = 3,
              .cycle = 2},
};
