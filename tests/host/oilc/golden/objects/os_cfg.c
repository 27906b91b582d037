/* SPDX-License-Identifier: Apache-2.0
 *
 * Generated from app.oil by oilc, do not edit: the tables of kernel/cfg.h.
 */
// clang-format off
#define OS_SYSTEM /* no names yet */
#include "kernel/cfg.h"
#include "drivers/xen/evtchn.h"
#include "drivers/xen/pvconsole.h"
#include "drivers/xen/xenstore.h"
#include "drivers/gpio/sunxi.h"
#include "drivers/pins/pins.h"
#undef OS_SYSTEM
#include "os_cfg.h" /* the names */

static struct arch_fpu cfg_fpu_task_Waiter;
static struct arch_fpu cfg_fpu_isr_Fire;
struct arch_fpu fpu_event;

ARCH_STACK(stack_shared, 8192);
ARCH_STACK(stack_interrupt, 4096);
ARCH_STACK(stack_task_Waiter, 8192);

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
    [2] = {
        .low = stack_task_Waiter,
        .top = stack_task_Waiter + ARCH_STACK_BYTES(stack_task_Waiter),
        .name = "Waiter",
    },
};

const struct task_cfg cfg_tasks[CFG_TASK_COUNT] = {
    [Waiter] = {
        .entry = task_Waiter,
        .prio = 4,
        .run_prio = 4,
        .max_activations = 1,
        .autostart_modes = 0x00,
        .stack = 2,
        .id = Waiter,
        .fpu = &cfg_fpu_task_Waiter,
    },
    [Main] = {
        .entry = task_Main,
        .prio = 3,
        .run_prio = 3,
        .max_activations = 1,
        .autostart_modes = 0x03,
        .stack = 0,
        .id = Main,
    },
    [Queued] = {
        .entry = task_Queued,
        .prio = 1,
        .run_prio = 1,
        .max_activations = 2,
        .autostart_modes = 0x00,
        .stack = 0,
        .id = Queued,
    },
    [Neighbour] = {
        .entry = task_Neighbour,
        .prio = 2,
        .run_prio = 4,
        .max_activations = 1,
        .autostart_modes = 0x00,
        .stack = 0,
        .id = Neighbour,
    },
    [Storm] = {
        .entry = task_Storm,
        .prio = 1,
        .run_prio = 1,
        .max_activations = 2,
        .autostart_modes = 0x00,
        .stack = 0,
        .id = Storm,
    },
};

const char *const cfg_task_names[CFG_TASK_COUNT] = {
    [Waiter] = "Waiter",
    [Main] = "Main",
    [Queued] = "Queued",
    [Neighbour] = "Neighbour",
    [Storm] = "Storm",
};

const struct ready_cfg cfg_ready[CFG_PRIO_COUNT] = {
    [1] = {.slots = &os_ready_slots[0], .size = 4},
    [2] = {.slots = &os_ready_slots[4], .size = 1},
    [3] = {.slots = &os_ready_slots[5], .size = 1},
    [4] = {.slots = &os_ready_slots[6], .size = 1},
};

const struct resource_cfg cfg_resources[CFG_RESOURCE_COUNT] = {
    [RES_SCHEDULER] = {.ceiling = 4, .level = 0},
    [Shared] = {.ceiling = 4, .level = 3},
    [Alias] = {.ceiling = 4, .level = 3},
};

static const uint16_t cfg_items_SystemCounter[] = {
    StoreAlarm,
    Beep,
};

static const uint16_t cfg_items_Soft[] = {
    Cyclic,
    Wake,
    CFG_ALARM_COUNT + Plan,
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
        .item_count = 2,
        .first_entry = 0,
    },
    [Soft] = {
        .base = {
            .maxallowedvalue = OSMAXALLOWEDVALUE_Soft,
            .ticksperbase = OSTICKSPERBASE_Soft,
            .mincycle = OSMINCYCLE_Soft,
        },
        .tick_ns = 0,
        .items = cfg_items_Soft,
        .item_count = 3,
        .first_entry = 4,
    },
};

const struct alarm_cfg cfg_alarms[CFG_ALARM_COUNT] = {
    [StoreAlarm] = {
        .action = {.kind = ACTION_CALLBACK, .on = {.callback = xs_tick}},
        .counter = SystemCounter,
        .item = 0,
    },
    [Cyclic] = {
        .action = {.kind = ACTION_ACTIVATETASK, .on = {.task = Neighbour}},
        .counter = Soft,
        .item = 0,
    },
    [Wake] = {
        .action = {.kind = ACTION_SETEVENT, .on = {.event = {.task = Waiter, .mask = Go}}},
        .counter = Soft,
        .item = 1,
    },
    [Beep] = {
        .action = {.kind = ACTION_CALLBACK, .on = {.callback = callback_Beep}},
        .counter = SystemCounter,
        .item = 1,
    },
};

const struct alarm_start_cfg cfg_alarm_starts[CFG_ALARM_START_COUNT] = {
    {.alarm = Beep, .modes = 0x02, .start = 900000, .cycle = 0},
};

static const struct action cfg_actions_Plan_0[] = {
    {.kind = ACTION_ACTIVATETASK, .on = {.task = Queued}},
};

static const struct action cfg_actions_Plan_1[] = {
    {.kind = ACTION_ACTIVATETASK, .on = {.task = Queued}},
    {.kind = ACTION_SETEVENT, .on = {.event = {.task = Waiter, .mask = Stop}}},
};

static const struct expiry_cfg cfg_points_Plan[] = {
    {.offset = 0, .action_count = 1, .actions = cfg_actions_Plan_0},
    {.offset = 40, .action_count = 2, .actions = cfg_actions_Plan_1},
};

const struct schedtable_cfg cfg_schedtables[CFG_SCHEDTABLE_COUNT] = {
    [Plan] = {
        .points = cfg_points_Plan,
        .duration = 50,
        .point_count = 2,
        .item = 2,
        .counter = Soft,
        .repeating = 1,
        .autostart_modes = 0x01,
        .autostart_absolute = 1,
        .start = 1,
    },
};

static void isr_Ticks(void)
{
    (void)IncrementCounter(Soft);
}

static void isr_Motor(void)
{
    (void)SetEvent(Waiter, Go);
}

static void isr_Pins(void)
{
    (void)ActivateTask(Queued);
}

const struct isr_cfg cfg_isrs[CFG_ISR_COUNT] = {
    [Fire] = {
        .isr = {.handler = isr_Fire, .fpu = &cfg_fpu_isr_Fire, .level = 3},
        .source = 30,
        .category = 2,
    },
    [Quick] = {
        .isr = {.handler = isr_Quick, .level = 9},
        .source = 64,
        .category = 1,
    },
    [Ticks] = {
        .isr = {.handler = isr_Ticks, .level = 2},
        .source = 65,
        .category = 2,
    },
};

const char *const cfg_evtchn_names[CFG_EVTCHN_COUNT] = {
    [EVTCHN_CONSOLE] = "console",
    [EVTCHN_XENSTORE] = "xenstore",
    [EVTCHN_MOTOR] = "motor",
    [EVTCHN_PINS] = "pins",
    [EVTCHN_LAMP] = "lamp",
};

const struct evtchn_cfg cfg_evtchn[CFG_EVTCHN_COUNT] = {
    [EVTCHN_CONSOLE] = {.handler = pvconsole_isr, .prio = 1},
    [EVTCHN_XENSTORE] = {.handler = xs_pump, .prio = 2},
    [EVTCHN_MOTOR] = {.handler = isr_Motor, .prio = 2},
    [EVTCHN_PINS] = {.handler = isr_Pins, .prio = 1},
    [EVTCHN_LAMP] = {.handler = isr_Lamp, .prio = 1},
};

const struct gpio_cfg cfg_gpio = {.layout = &sunxi_a20, .base = CFG_GPIO_BASE};

const char *const cfg_pins[CFG_PIN_COUNT] = {
    "PH20",
    "PH21",
};
