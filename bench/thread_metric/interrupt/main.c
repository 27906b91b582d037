/* SPDX-License-Identifier: Apache-2.0
 *
 * Thread-Metric's interrupt processing: a task is interrupted by itself; the handler posts what the task then takes. A semaphore of
 * one is in OSEK an event of the task.
 */
#include "bench/thread_metric/common/report.h"
#include "bench/thread_metric/common/software_interrupt.h"
#include "kernel/os.h"

enum { HANDLER, THREAD, COUNTERS };

static volatile uint32_t counters[COUNTERS];
static uint8_t *pending_word;

const struct metric metric = {
    .name = "interrupt", .counters = counters, .counter_count = COUNTERS, .summed = HANDLER + 1};

ISR(Software)
{
    counters[HANDLER]++;
    SetEvent(Thread, Posted);
}

TASK(Thread)
{
    uint8_t *const word = pending_word;

    for (;;) {
        software_interrupt(word);
        WaitEvent(Posted);
        ClearEvent(Posted);
        counters[THREAD]++;
    }
}

int main(void)
{
    pending_word = software_interrupt_open();
    StartOS(OSDEFAULTAPPMODE);
}
