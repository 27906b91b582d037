/* SPDX-License-Identifier: Apache-2.0
 *
 * From StartOS() to ShutdownOS() (OSEK 13.7): set everything up, start what the mode starts, then
 * be the idle "task", whose stack is the one that all basic tasks share.
 */
#include "alarm.h"
#include "arch.h"
#include "counter.h"
#include "fpu.h"
#include "hook.h"
#include "interrupt.h"
#include "resource.h"
#include "sched.h"
#include "schedtable.h"
#include "task.h"

/* Of `os`, what else is in it is written before it is read. */
static void init(AppModeType mode)
{
    os.prio = 0;
    os.hook = 0;
    os.mode = mode;
    os.running = NULL;
    os.isr = NULL;
    ready_init();
    if (CFG_EXTENDED_COUNT > 0)
        event_init();
    interrupt_init();
    if (CFG_FPU)
        fpu_init();
    if (RESOURCE_TRACKING)
        resource_init();
    if (CFG_ALARM_COUNT > 0)
        alarm_init();
    if (CFG_SCHEDTABLE_COUNT > 0)
        schedtable_init();
    if (CFG_COUNTER_COUNT > 0)
        counter_init();
}

/* OSEK 11.3: tasks first, then alarms; schedule tables like those. */
static void autostart(AppModeType mode)
{
    TaskType id;

    for (id = 0; id < CFG_TASK_COUNT; id++) {
        if ((cfg_tasks[id].autostart_modes >> mode & 1u) != 0)
            task_activate(id);
    }
    if (CFG_ALARM_COUNT > 0)
        alarm_autostart(mode);
    if (CFG_SCHEDTABLE_COUNT > 0)
        schedtable_autostart(mode);
}

/* Nothing is ready here: what an interrupt makes ready runs before that interrupt is over. */
static _Noreturn void idle(void)
{
    for (;;) {
        if (CFG_IDLEHOOK) {
            arch_irq_enable();
            IdleHook();
        } else {
            arch_irq_disable();
            arch_idle();
            arch_irq_enable();
        }
    }
}

/* OSEK 13.7.2.2 */
void StartOS(AppModeType Mode)
{
    arch_irq_disable();
    init(Mode);
    if (Mode >= CFG_APPMODE_COUNT)
        ShutdownOS(E_OS_ID);
    hook_startup();
    autostart(Mode);
    sched_preempt();
    idle();
}

/* OSEK 13.7.2.3 */
void ShutdownOS(StatusType Error)
{
    arch_irq_disable();
    hook_shutdown(Error);
    system_end(Error);
}

/* OSEK 13.7.2.1 */
AppModeType GetActiveApplicationMode(void)
{
    return os.mode;
}
