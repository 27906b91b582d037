/* SPDX-License-Identifier: Apache-2.0
 *
 * Tables of the configuration that os_cfg.h describes.
 */
#include "kernel/cfg.h"

const struct task_cfg cfg_tasks[] = {
    [Starter] = {.entry = task_Starter,
                 .prio = 1,
                 .run_prio = 1,
                 .max_activations = 1,
                 .autostart_modes = 1u << DefaultMode},
    [Non] = {.entry = task_Non, .prio = 2, .run_prio = 5, .max_activations = 1},
    [Grouped] = {.entry = task_Grouped, .prio = 3, .run_prio = 4, .max_activations = 1},
    [Peer] = {.entry = task_Peer, .prio = 3, .run_prio = 3, .max_activations = 1},
    [Middle] = {.entry = task_Middle, .prio = 4, .run_prio = 4, .max_activations = 1},
    [High] = {.entry = task_High, .prio = 5, .run_prio = 5, .max_activations = 1},
};

const struct ready_cfg cfg_ready[] = {
    [1] = {.slots = &os_ready_slots[0], .size = 1}, [2] = {.slots = &os_ready_slots[1], .size = 1},
    [3] = {.slots = &os_ready_slots[2], .size = 2}, [4] = {.slots = &os_ready_slots[4], .size = 1},
    [5] = {.slots = &os_ready_slots[5], .size = 1},
};

const struct resource_cfg cfg_resources[] = {
    [RES_SCHEDULER] = {.ceiling = 5},
};
