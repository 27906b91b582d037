/* SPDX-License-Identifier: Apache-2.0
 *
 * Tables of the Xen layer's test guest: see os_cfg.h.
 */
#include <stddef.h>

#include "drivers/xen/evtchn.h"
#include "drivers/xen/pvconsole.h"
#include "drivers/xen/xenstore.h"
#include "kernel/cfg.h"

const struct task_cfg cfg_tasks[CFG_TASK_COUNT] = {
    [StormTask] = {.entry = task_StormTask, .prio = 1, .run_prio = 1, .max_activations = 2},
};

const struct ready_cfg cfg_ready[CFG_PRIO_COUNT] = {
    {NULL, 0},
    [1] = {.slots = &os_ready_slots[0], .size = 2},
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
    [XenstoreAlarm] = {.counter = SystemCounter,
                       .action = ALARM_CALLBACK,
                       .on = {.callback = xs_tick}},
};

const struct evtchn_cfg cfg_evtchn[CFG_EVTCHN_COUNT] = {
    [EVTCHN_CONSOLE] = {.handler = pvconsole_isr, .prio = 1},
    [EVTCHN_XENSTORE] = {.handler = xs_pump, .prio = 2},
};
