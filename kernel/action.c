/* SPDX-License-Identifier: Apache-2.0
 *
 * See action.h.
 */
#include "action.h"
#include "event.h"
#include "hook.h"

static void set_event(TaskType task, EventMaskType mask)
{
    if (CFG_EXTENDED_STATUS && !task_is_alive(task))
        (void)error_report(E_OS_STATE, OSServiceId_SetEvent, task, mask, 0);
    else
        (void)event_set(task, mask);
}

void action_do_other(const struct action *action)
{
    if (action->kind == ACTION_CALLBACK)
        hook_callback(action->on.callback);
    else if (CFG_EXTENDED_COUNT > 0)
        set_event(action->on.event.task, action->on.event.mask);
}
