/* SPDX-License-Identifier: Apache-2.0
 *
 * What an alarm or an expiry point of a schedule table does: with the properties of the service that
 * it stands for, errors included (OSEK 9.2). The caller sees to it that tasks which become ready
 * run. What no task, event or callback of the configuration needs is not compiled. Interrupts
 * masked.
 */
#ifndef KERNEL_ACTION_H
#define KERNEL_ACTION_H

#include "error.h"
#include "task.h"

/** Set an event or call a callback. */
void action_do_other(const struct action *action);

static inline void action_activate(TaskType task)
{
    if (task_is_full(task))
        (void)error_report(E_OS_LIMIT, OSServiceId_ActivateTask, task, 0, 0);
    else
        task_activate(task);
}

/** Do it. Inline for what most alarms do. */
static inline void action_do(const struct action *action)
{
    if (action->kind == ACTION_ACTIVATETASK)
        action_activate(action->on.task);
    else
        action_do_other(action);
}

#endif
