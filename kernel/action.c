/* SPDX-License-Identifier: Apache-2.0
 *
 * See action.h. What no task, event or callback of the configuration needs is not compiled.
 */
#include "action.h"
#include "error.h"
#include "event.h"
#include "hook.h"
#include "task.h"

static void activate(TaskType task)
{
    if (task_is_full(task))
        (void)error_report(E_OS_LIMIT, OSServiceId_ActivateTask, task, 0, 0);
    else
        task_activate(task);
}

static void set_event(TaskType task, EventMaskType mask)
{
    if (CFG_EXTENDED_STATUS && !task_is_alive(task))
        (void)error_report(E_OS_STATE, OSServiceId_SetEvent, task, mask, 0);
    else
        event_set(task, mask);
}

void action_do(const struct action *action)
{
    if (action->kind == ACTION_ACTIVATETASK)
        activate(action->on.task);
    else if (action->kind == ACTION_CALLBACK)
        hook_callback(action->on.callback);
    else if (CFG_EXTENDED_COUNT > 0)
        set_event(action->on.event.task, action->on.event.mask);
}
