/* SPDX-License-Identifier: Apache-2.0
 *
 * Ready tasks of one priority: each chains itself, which puts it behind the others.
 */
#include "bench/common/measure.h"
#include "bench/growth/common/tasks.h"
#include "kernel/os.h"

static struct measure yield = {.name = "of one priority: ChainTask(self), to the next one"};
static bool is_started;

void every_task(void)
{
    TaskType self;

    measure_end();
    if (is_started) { /* else StartOS() has brought us here */
        measure_keep(&yield);
    }
    is_started = true;
    if (yield.count == MEASURE_LIMIT) {
        measure_print_heading();
        measure_print(&yield);
        ShutdownOS(E_OK);
    }
    GetTaskID(&self);
    measure_begin();
    ChainTask(self);
}

ALL_TASKS

int main(void)
{
    measure_init();
    StartOS(OSDEFAULTAPPMODE);
}
