/* SPDX-License-Identifier: Apache-2.0
 *
 * The task above all others of a test: it looks at the counters twice, one period of its alarm apart, prints how far
 * they have come, and ends the system. Counters that do not fit together are an error, as the test is then none.
 */
#include "bench/thread_metric/common/report.h"

#include <stdbool.h>

#include "drivers/console/console.h"
#include "kernel/arch.h"
#include "kernel/os.h"

struct look {
    uint64_t when;
    uint32_t iterations;
};

static uint32_t sum(unsigned int counters)
{
    uint32_t total = 0;

    for (unsigned int i = 0; i < counters; i++) {
        total += metric.counters[i];
    }
    return total;
}

/* Each is within 1 of the average: who counts takes turns. */
static bool counters_fit(void)
{
    const uint32_t average = sum(metric.counter_count) / metric.counter_count;

    for (unsigned int i = 0; i < metric.counter_count; i++) {
        if (metric.counters[i] + 1 < average || metric.counters[i] > average + 1) {
            printk("ERROR: counter %u is %u, the average %u\n", i, metric.counters[i], average);
            return false;
        }
    }
    return true;
}

static void print(uint32_t iterations, uint32_t counts)
{
    printk("thread_metric %s: %u iterations in %u counts of a timer of %u Hz\n", metric.name,
           iterations, counts, arch_timer_hz());
    if (iterations == 0) {
        printk("ERROR: nothing was counted\n");
    }
    ShutdownOS(counters_fit() && iterations != 0 ? E_OK : E_OS_VALUE);
}

TASK(Reporter)
{
    static struct look before;
    const struct look now = {.when = arch_timer_count(), .iterations = sum(metric.summed)};

    if (before.when != 0) {
        print(now.iterations - before.iterations, (uint32_t)(now.when - before.when));
    }
    before = now;
    TerminateTask();
}
