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
    [High] = {.entry = task_High,
              .prio = 3,
              .run_prio = 3,
              .max_activations = 1,
              .autostart_modes = 1u << DefaultMode},
};

const struct task_cfg *const cfg_prio_task[] = {
    [1] = &cfg_tasks[Low],
    [2] = &cfg_tasks[Middle],
    [3] = &cfg_tasks[High],
};
