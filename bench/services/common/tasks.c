/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows of services called by tasks.
 */
#include "bench/common/measure.h"
#include "kernel/os.h"
#include "rows.h"

static struct measure there_and_back = {.name =
                                            "ActivateTask, higher task runs, TerminateTask, back"};
static struct measure to_task = {.name = "ActivateTask, to the higher task's first instruction"};
static struct measure back = {.name = "TerminateTask, back to the lower task"};
static struct measure chain = {.name = "ChainTask(self), 2 ready tasks"};
static struct measure resource = {.name = "GetResource, ReleaseResource"};
static struct measure suspend_all = {.name = "SuspendAllInterrupts, ResumeAllInterrupts"};
static struct measure suspend_nested = {
    .name = "SuspendAllInterrupts, ResumeAllInterrupts inside such a pair"};
static struct measure suspend_os = {.name = "SuspendOSInterrupts, ResumeOSInterrupts"};

TASK(Empty)
{
    TerminateTask();
}

TASK(Stamped)
{
    measure_end();
    measure_keep(&to_task);
    measure_begin();
    TerminateTask();
}

TASK(Chained)
{
    static unsigned int turns;

    measure_end();
    if (turns != 0) { /* else ActivateTask() has brought us here */
        measure_keep(&chain);
    }
    if (turns++ == MEASURE_ROUNDS) {
        TerminateTask();
    }
    measure_begin();
    ChainTask(Chained);
}

static void measure_tasks(void)
{
    for (unsigned int i = 0; i < MEASURE_ROUNDS; i++) {
        measure_begin();
        ActivateTask(Empty);
        measure_end();
        measure_keep(&there_and_back);
        measure_begin();
        ActivateTask(Stamped);
        measure_end();
        measure_keep(&back);
    }
    ActivateTask(Chained);
}

static void measure_sections(void)
{
    for (unsigned int i = 0; i < MEASURE_ROUNDS; i++) {
        measure_begin();
        GetResource(Section);
        ReleaseResource(Section);
        measure_end();
        measure_keep(&resource);
        measure_begin();
        SuspendAllInterrupts();
        ResumeAllInterrupts();
        measure_end();
        measure_keep(&suspend_all);
        SuspendAllInterrupts();
        measure_begin();
        SuspendAllInterrupts();
        ResumeAllInterrupts();
        measure_end();
        measure_keep(&suspend_nested);
        ResumeAllInterrupts();
        measure_begin();
        SuspendOSInterrupts();
        ResumeOSInterrupts();
        measure_end();
        measure_keep(&suspend_os);
    }
}

void rows_tasks(void)
{
    measure_tasks();
    measure_sections();
    measure_print(&there_and_back);
    measure_print(&to_task);
    measure_print(&back);
    measure_print(&chain);
    measure_print(&resource);
    measure_print(&suspend_all);
    measure_print(&suspend_nested);
    measure_print(&suspend_os);
}
