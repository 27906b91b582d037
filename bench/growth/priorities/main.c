/* SPDX-License-Identifier: Apache-2.0
 *
 * Ready tasks, each with a priority of its own. StartOS() activates all of them. Each, from the highest to the lowest,
 * first chains itself, then activates the next higher one, which has ended before, and ends: so each row is measured at
 * each priority.
 */
#include "bench/common/measure.h"
#include "bench/growth/common/tasks.h"
#include "kernel/cfg.h"
#include "kernel/os.h"

/* How the running task has come to run. */
enum { CHAINED, ACTIVATED, LEFT_TO, STARTED };
static unsigned int came = STARTED;

static struct measure rows[] = {
    [CHAINED] = {.name = "ChainTask(self)"},
    [ACTIVATED] = {.name = "ActivateTask, to the higher task's first instruction"},
    [LEFT_TO] = {.name = "TerminateTask, to the next ready task's first instruction"},
};
static struct measure back = {.name = "TerminateTask, back to the lower task"};

static void print_all(void)
{
    measure_print_heading();
    measure_print(&rows[ACTIVATED]);
    measure_print(&back);
    measure_print(&rows[CHAINED]);
    measure_print(&rows[LEFT_TO]);
}

static void activate_and_come_back(TaskType higher)
{
    came = ACTIVATED;
    measure_begin();
    ActivateTask(higher);
    measure_end();
    measure_keep(&back);
}

static void leave(void)
{
    came = LEFT_TO;
    measure_begin();
    TerminateTask();
}

static void chain(TaskType self)
{
    came = CHAINED;
    measure_begin();
    ChainTask(self);
}

void every_task(void)
{
    TaskType self;

    measure_end();
    if (came != STARTED) {
        measure_keep(&rows[came]);
    }
    if (came == ACTIVATED) {
        measure_begin();
        TerminateTask();
    }
    GetTaskID(&self);
    if (came != CHAINED) {
        chain(self);
    }
    if (self + 1u < CFG_TASK_COUNT) {
        activate_and_come_back((TaskType)(self + 1u));
    }
    if (self == T00) {
        print_all();
        ShutdownOS(E_OK);
    }
    leave();
}

ALL_TASKS

int main(void)
{
    measure_init();
    StartOS(OSDEFAULTAPPMODE);
}
