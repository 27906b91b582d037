/* SPDX-License-Identifier: Apache-2.0
 *
 * Thread-Metric's preemptive scheduling: of five tasks each makes the next higher one run, which comes back when it and all above it
 * have counted.
 */
#include "bench/thread_metric/common/report.h"
#include "kernel/os.h"

enum { FIRST, SECOND, THIRD, FOURTH, FIFTH, THREADS };

static volatile uint32_t counters[THREADS];

const struct metric metric = {
    .name = "preemptive", .counters = counters, .counter_count = THREADS, .summed = THREADS};

TASK(First)
{
    for (;;) {
        ActivateTask(Second);
        counters[FIRST]++;
    }
}

TASK(Second)
{
    ActivateTask(Third);
    counters[SECOND]++;
    TerminateTask();
}

TASK(Third)
{
    ActivateTask(Fourth);
    counters[THIRD]++;
    TerminateTask();
}

TASK(Fourth)
{
    ActivateTask(Fifth);
    counters[FOURTH]++;
    TerminateTask();
}

TASK(Fifth)
{
    counters[FIFTH]++;
    TerminateTask();
}
