/* SPDX-License-Identifier: Apache-2.0
 *
 * Tables of apps/hello: see os_cfg.h.
 */
#include <stddef.h>

#include "kernel/cfg.h"

const struct task_cfg cfg_tasks[CFG_TASK_COUNT] = {
    [Hello] = {.entry = task_Hello, .prio = 1, .run_prio = 1, .max_activations = 1},
    [Goodbye] = {.entry = task_Goodbye, .prio = 2, .run_prio = 2, .max_activations = 1},
};

const struct task_cfg *const cfg_prio_task[CFG_PRIO_COUNT] = {
    NULL,
    [1] = &cfg_tasks[Hello],
    [2] = &cfg_tasks[Goodbye],
};

const struct counter_cfg cfg_counters[CFG_COUNTER_COUNT] = {
    [SystemCounter] =
        {
            .base = {.maxallowedvalue = 4294967295u, .ticksperbase = 1, .mincycle = 1},
            .tick_ns = 1000000,
            .alarm_count = 1,
            .first_place = 0,
        },
};

const struct alarm_cfg cfg_alarms[CFG_ALARM_COUNT] = {
    [EverySoOften] =
        {
            .counter = SystemCounter,
            .action = ALARM_ACTIVATETASK,
            .autostart_modes = 1,
            .on = {.task = Hello},
            .start = 100,
            .cycle = 100,
        },
};
