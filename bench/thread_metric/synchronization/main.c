/* SPDX-License-Identifier: Apache-2.0
 *
 * Thread-Metric's synchronization processing: a task takes a semaphore that nobody else wants, and gives it back. In OSEK that is a
 * resource.
 */
#include "bench/thread_metric/common/report.h"
#include "kernel/os.h"

static volatile uint32_t counter;

const struct metric metric = {
    .name = "synchronization", .counters = &counter, .counter_count = 1, .summed = 1};

TASK(Thread)
{
    for (;;) {
        GetResource(Semaphore);
        ReleaseResource(Semaphore);
        counter++;
    }
}
