/* SPDX-License-Identifier: Apache-2.0
 *
 * Thread-Metric's cooperative scheduling: five tasks of one priority give the CPU to each other, in turn. Who relinquishes in OSEK
 * ends and stands behind the others again.
 */
#include "bench/thread_metric/common/report.h"
#include "kernel/os.h"

enum { FIRST, SECOND, THIRD, FOURTH, FIFTH, THREADS };

static volatile uint32_t counters[THREADS];

const struct metric metric = {
    .name = "cooperative", .counters = counters, .counter_count = THREADS, .summed = THREADS};

TASK(First)
{
    counters[FIRST]++;
    ChainTask(First);
}

TASK(Second)
{
    counters[SECOND]++;
    ChainTask(Second);
}

TASK(Third)
{
    counters[THIRD]++;
    ChainTask(Third);
}

TASK(Fourth)
{
    counters[FOURTH]++;
    ChainTask(Fourth);
}

TASK(Fifth)
{
    counters[FIFTH]++;
    ChainTask(Fifth);
}
