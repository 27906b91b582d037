/* SPDX-License-Identifier: Apache-2.0
 *
 * Thread-Metric's interrupt preemption processing: a task is interrupted by itself; the handler makes a higher one ready, which
 * runs before the interrupted one goes on.
 */
#include "bench/thread_metric/common/report.h"
#include "bench/thread_metric/common/software_interrupt.h"
#include "kernel/os.h"

enum { HANDLER, ABOVE, BELOW, COUNTERS };

static volatile uint32_t counters[COUNTERS];
static uint8_t *pending_word;

const struct metric metric = {.name = "interrupt_preemption",
                              .counters = counters,
                              .counter_count = COUNTERS,
                              .summed = HANDLER + 1};

ISR(Software)
{
    counters[HANDLER]++;
    ActivateTask(Above);
}

TASK(Above)
{
    counters[ABOVE]++;
    TerminateTask();
}

TASK(Below)
{
    uint8_t *const word = pending_word;

    for (;;) {
        software_interrupt(word);
        counters[BELOW]++;
    }
}

int main(void)
{
    pending_word = software_interrupt_open();
    StartOS(OSDEFAULTAPPMODE);
}
