/* SPDX-License-Identifier: Apache-2.0
 *
 * Three periodic tasks. Each measures the intervals between its own starts; how far they are from
 * the period is the jitter. It does not add up: alarms never drift.
 */
#include "drivers/console/console.h"
#include "kernel/arch.h"
#include "kernel/os.h"

#define END_MS 1000

struct rhythm {
    const char *name;
    AlarmType alarm;
    unsigned int period_ms;
    unsigned int runs;
    uint64_t last;                    /* start, counts of the machine's timer */
    uint32_t shortest_us, longest_us; /* interval */
};

static struct rhythm fast = {.name = "Fast", .alarm = Every10ms, .period_ms = 10};
static struct rhythm middle = {.name = "Middle", .alarm = Every25ms, .period_ms = 25};
static struct rhythm slow = {.name = "Slow", .alarm = Every100ms, .period_ms = 100};

static uint32_t microseconds(uint64_t counts)
{
    return (uint32_t)(counts * 1000000u / arch_timer_hz());
}

/* The first statement of each task. */
static void beat(struct rhythm *rhythm)
{
    const uint64_t now = arch_timer_count();
    const uint32_t interval_us = microseconds(now - rhythm->last);

    rhythm->last = now;
    rhythm->runs++;
    if (rhythm->runs == 1) {
        return;
    }
    if (rhythm->runs == 2 || interval_us < rhythm->shortest_us) {
        rhythm->shortest_us = interval_us;
    }
    if (interval_us > rhythm->longest_us) {
        rhythm->longest_us = interval_us;
    }
}

static void report(const struct rhythm *rhythm)
{
    printk("%s, every %u ms: %u runs, %u lost, intervals of %u to %u us\n", rhythm->name,
           rhythm->period_ms, rhythm->runs, OSAlarmLostCount(rhythm->alarm), rhythm->shortest_us,
           rhythm->longest_us);
}

TASK(Fast)
{
    beat(&fast);
    TerminateTask();
}

TASK(Middle)
{
    beat(&middle);
    TerminateTask();
}

/* The others' last starts are before this one: they are due at the same tick and outrank it. */
TASK(Slow)
{
    TickType now_ms;

    beat(&slow);
    GetCounterValue(SystemCounter, &now_ms);
    if (now_ms >= END_MS) {
        report(&fast);
        report(&middle);
        report(&slow);
        ShutdownOS(E_OK);
    }
    TerminateTask();
}
