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
    [Non] = {.entry = task_Non, .prio = 2, .run_prio = 4, .max_activations = 1},
    [Middle] = {.entry = task_Middle, .prio = 3, .run_prio = 3, .max_activations = 2},
    [High] = {.entry = task_High, .prio = 4, .run_prio = 4, .max_activations = 1},
};

const struct ready_cfg cfg_ready[] = {
    [1] = {.slots = &os_ready_slots[0], .size = 1},
    [2] = {.slots = &os_ready_slots[1], .size = 1},
    [3] = {.slots = &os_ready_slots[2], .size = 2},
    [4] = {.slots = &os_ready_slots[4], .size = 1},
};

const struct resource_cfg cfg_resources[] = {
    [RES_SCHEDULER] = {.ceiling = 4},
    [ResMiddle] = {.ceiling = 3},
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
    [Call] = {.counter = SystemCounter, .action = ALARM_CALLBACK, .on = {.callback = alarm_Call}},
};

const struct isr_cfg cfg_isrs[] = {
    [Calm] = {.handler = isr_Calm, .source = 0, .level = 2, .category = 2},
    [Urgent] = {.handler = isr_Urgent, .source = 1, .level = 5, .category = 2},
    [Raw] = {.handler = isr_Raw, .source = 2, .level = 9, .category = 1},
};
