/* SPDX-License-Identifier: Apache-2.0
 *
 * Thread-Metric's basic processing: what the machine computes when the operating system has nothing to do.
 */
#include "bench/thread_metric/common/report.h"
#include "kernel/os.h"

#define CELLS 1024u

static volatile uint32_t counter;
static volatile uint32_t cells[CELLS];

const struct metric metric = {
    .name = "basic_processing", .counters = &counter, .counter_count = 1, .summed = 1};

TASK(Thread)
{
    for (;;) {
        const uint32_t round = counter;

        for (unsigned int i = 0; i < CELLS; i++) {
            cells[i] = (cells[i] + round) ^ cells[i];
        }
        counter = round + 1;
    }
}
