/* SPDX-License-Identifier: Apache-2.0
 *
 * Tables of the configuration that os_cfg.h describes.
 */
#include "kernel/cfg.h"

const struct task_cfg cfg_tasks[] = {
    [T0] = {.entry = task_T0,
            .prio = 1,
            .run_prio = 1,
            .max_activations = 3,
            .autostart_modes = 1u << DefaultMode},
    [T1] = {.entry = task_T1, .prio = 2, .run_prio = 2, .max_activations = 2},
    [T2] = {.entry = task_T2, .prio = 2, .run_prio = 6, .max_activations = 3},
    [T3] = {.entry = task_T3, .prio = 3, .run_prio = 4, .max_activations = 1},
    [T4] = {.entry = task_T4, .prio = 3, .run_prio = 3, .max_activations = 2},
    [T5] = {.entry = task_T5, .prio = 4, .run_prio = 4, .max_activations = 1},
    [T6] = {.entry = task_T6, .prio = 4, .run_prio = 5, .max_activations = 4},
    [T7] = {.entry = task_T7, .prio = 5, .run_prio = 5, .max_activations = 2},
    [T8] = {.entry = task_T8, .prio = 6, .run_prio = 6, .max_activations = 1},
};

const struct ready_cfg cfg_ready[] = {
    [1] = {.slots = &os_ready_slots[0], .size = 3},
    [2] = {.slots = &os_ready_slots[3], .size = 5},
    [3] = {.slots = &os_ready_slots[8], .size = 3},
    [4] = {.slots = &os_ready_slots[11], .size = 5},
    [5] = {.slots = &os_ready_slots[16], .size = 2},
    [6] = {.slots = &os_ready_slots[18], .size = 1},
};

const struct resource_cfg cfg_resources[] = {
    [RES_SCHEDULER] = {.ceiling = 6},
    [ResA] = {.ceiling = 3},
    [ResB] = {.ceiling = 5},
    [ResC] = {.ceiling = 4},
};

const struct isr_cfg cfg_isrs[] = {
    [Kick] = {.handler = isr_Kick, .source = 0, .level = 1, .category = 2},
};
