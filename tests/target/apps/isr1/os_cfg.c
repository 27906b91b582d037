/* SPDX-License-Identifier: Apache-2.0
 *
 * See os_cfg.h.
 */
#include <stddef.h>

#include "kernel/cfg.h"
#include "tests/target/devices/phystimer.h"

const struct task_cfg cfg_tasks[CFG_TASK_COUNT] = {
    [Main] =
        {.entry = task_Main, .prio = 1, .run_prio = 1, .max_activations = 1, .autostart_modes = 1},
};

const struct task_cfg *const cfg_prio_task[CFG_PRIO_COUNT] = {
    NULL,
    [1] = &cfg_tasks[Main],
};

const struct isr_cfg cfg_isrs[CFG_ISR_COUNT] = {
    {.handler = isr_First, .source = PHYSTIMER_LINE, .level = 5, .category = 1},
};
