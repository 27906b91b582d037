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
    [First] = {.entry = task_First, .prio = 2, .run_prio = 2, .max_activations = 2},
    [Second] = {.entry = task_Second, .prio = 2, .run_prio = 2, .max_activations = 2},
    [Third] = {.entry = task_Third, .prio = 2, .run_prio = 2, .max_activations = 2},
    [High] = {.entry = task_High, .prio = 3, .run_prio = 3, .max_activations = 1},
};

const struct ready_cfg cfg_ready[] = {
    [1] = {.slots = &os_ready_slots[0], .size = 1},
    [2] = {.slots = &os_ready_slots[1], .size = 6},
    [3] = {.slots = &os_ready_slots[7], .size = 1},
};

const struct resource_cfg cfg_resources[] = {
    [RES_SCHEDULER] = {.ceiling = 3},
};
