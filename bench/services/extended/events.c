/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows of events: one task that only waits, and one that notes the time.
 */
#include "bench/common/measure.h"
#include "bench/services/common/rows.h"
#include "kernel/os.h"

static struct measure there_and_back = {.name =
                                            "SetEvent, waiting higher task runs, WaitEvent, back"};
static struct measure to_task = {.name = "SetEvent, to the instruction behind WaitEvent"};
static struct measure back = {.name = "WaitEvent, back to the lower task"};
static struct measure no_wait = {.name = "WaitEvent for what is set, ClearEvent"};

TASK(Waiter)
{
    for (unsigned int i = 0; i < MEASURE_ROUNDS; i++) {
        SetEvent(Waiter, Go);
        measure_begin();
        WaitEvent(Go);
        ClearEvent(Go);
        measure_end();
        measure_keep(&no_wait);
    }
    for (;;) {
        WaitEvent(Go);
        ClearEvent(Go);
    }
}

TASK(Stamper)
{
    for (;;) {
        measure_begin();
        WaitEvent(Go);
        measure_end();
        measure_keep(&to_task);
        ClearEvent(Go);
    }
}

void rows_events(void)
{
    for (unsigned int i = 0; i < MEASURE_ROUNDS; i++) {
        measure_begin();
        SetEvent(Waiter, Go);
        measure_end();
        measure_keep(&there_and_back);
        measure_begin();
        SetEvent(Stamper, Go);
        measure_end();
        measure_keep(&back);
    }
    measure_print(&there_and_back);
    measure_print(&to_task);
    measure_print(&back);
    measure_print(&no_wait);
}
