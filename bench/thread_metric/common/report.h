/* SPDX-License-Identifier: Apache-2.0
 *
 * What each test of Thread-Metric says about itself, and the task that reports on it: common/report.c.
 */
#ifndef REPORT_H
#define REPORT_H

#include <stdint.h>

/** One test. Its counters go on for ever and are the task's or the handler's that they count. */
struct metric {
    const char *name;
    const volatile uint32_t *counters;
    unsigned int counter_count;
    unsigned int
        summed; /* how many of them, from the first, are added up to the test's iterations */
};

/** The test of this program. */
extern const struct metric metric;

#endif
