/* SPDX-License-Identifier: Apache-2.0
 *
 * Generated from app.oil by oilc, do not edit: the tables of kernel/cfg.h.
 */
// clang-format off
#define OS_SYSTEM /* no names yet */
#include "kernel/cfg.h"
#undef OS_SYSTEM
#include "os_cfg.h" /* the names */

ARCH_STACK(stack_shared, 8192);
ARCH_STACK(stack_interrupt, 4096);

const struct stack_cfg cfg_stacks[CFG_STACK_COUNT] = {
    [STACK_SHARED] = {
        .low = stack_shared,
        .top = stack_shared + ARCH_STACK_BYTES(stack_shared),
        .name = "shared",
    },
    [STACK_INTERRUPT] = {
        .low = stack_interrupt,
        .top = stack_interrupt + ARCH_STACK_BYTES(stack_interrupt),
        .name = "interrupt",
    },
};

const struct task_cfg cfg_tasks[CFG_TASK_COUNT] = {
    [Hello] = {
        .entry = task_Hello,
        .prio = 1,
        .run_prio = 1,
        .max_activations = 1,
        .autostart_modes = 0x00,
        .stack = 0,
        .id = Hello,
    },
    [Goodbye] = {
        .entry = task_Goodbye,
        .prio = 2,
        .run_prio = 2,
        .max_activations = 1,
        .autostart_modes = 0x00,
        .stack = 0,
        .id = Goodbye,
    },
};

const char *const cfg_task_names[CFG_TASK_COUNT] = {
    [Hello] = "Hello",
    [Goodbye] = "Goodbye",
};

const struct task_cfg *const cfg_prio_task[CFG_PRIO_COUNT] = {
    [1] = &cfg_tasks[Hello],
    [2] = &cfg_tasks[Goodbye],
};

const struct resource_cfg cfg_resources[CFG_RESOURCE_COUNT] = {
    [RES_SCHEDULER] = {.ceiling = 2, .level = 0},
};

static const uint16_t cfg_items_SystemCounter[] = {
    EverySoOften,
};

const struct counter_cfg cfg_counters[CFG_COUNTER_COUNT] = {
    [SystemCounter] = {
        .base = {
            .maxallowedvalue = OSMAXALLOWEDVALUE_SystemCounter,
            .ticksperbase = OSTICKSPERBASE_SystemCounter,
            .mincycle = OSMINCYCLE_SystemCounter,
        },
        .tick_ns = 1000000,
        .items = cfg_items_SystemCounter,
        .item_count = 1,
        .first_entry = 0,
    },
};

const struct alarm_cfg cfg_alarms[CFG_ALARM_COUNT] = {
    [EverySoOften] = {
        .action = {.kind = ACTION_ACTIVATETASK, .on = {.task = Hello}},
        .counter = SystemCounter,
        .item = 0,
    },
};

const struct alarm_start_cfg cfg_alarm_starts[CFG_ALARM_START_COUNT] = {
    {.alarm = EverySoOften, .modes = 0x01, .start = 100, .cycle = 100},
};
