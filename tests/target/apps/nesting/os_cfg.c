/* SPDX-License-Identifier: Apache-2.0
 *
 * Tables: see os_cfg.h.
 */
#include <stddef.h>

#include "kernel/cfg.h"
#include "tests/target/devices/phystimer.h"

const struct task_cfg cfg_tasks[CFG_TASK_COUNT] = {
    [Main] =
        {.entry = task_Main, .prio = 1, .run_prio = 1, .max_activations = 1, .autostart_modes = 1},
    [High] = {.entry = task_High, .prio = 2, .run_prio = 2, .max_activations = 1},
};

const struct task_cfg *const cfg_prio_task[CFG_PRIO_COUNT] = {
    NULL,
    [1] = &cfg_tasks[Main],
    [2] = &cfg_tasks[High],
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
    [Soon] = {.counter = SystemCounter, .action = ALARM_CALLBACK, .on = {.callback = alarm_Timer}},
};

const struct isr_cfg cfg_isrs[CFG_ISR_COUNT] = {
    {.handler = isr_Low, .source = PHYSTIMER_LINE, .level = 1, .category = 2},
};
