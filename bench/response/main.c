/* SPDX-License-Identifier: Apache-2.0
 *
 * How late a cyclic task starts: from the moment that its alarm is due to its first statement, as a
 * histogram. The command line `expiries=N` says how often the alarm is due; 10,000 times without it.
 *
 * When the task runs, the timer is armed already for the alarm's next expiry: that is the moment
 * from which the task's next response counts. An expiry has one of three fates, which are counted:
 * the task starts; the alarm finds it late by whole cycles and loses it (OSAlarmLostCount); or the
 * task has not ended yet and the activation is refused (E_OS_LIMIT).
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <arch/machine.h>

#include "drivers/console/console.h"
#include "kernel/arch.h"
#include "kernel/os.h"

#define CYCLE_TICKS 1u
#define DELAY_TICKS 100u /* to the first expiry */
#define NS_PER_S    1000000000u

/* Where the histogram's intervals begin. The last one has no end. */
static const uint32_t limits_ns[] = {0,        1000,      2000,      5000,      10000,
                                     20000,    50000,     100000,    200000,    500000,
                                     1000000,  2000000,   5000000,   10000000,  20000000,
                                     50000000, 100000000, 200000000, 500000000, 1000000000};
#define INTERVALS (sizeof(limits_ns) / sizeof(limits_ns[0]))

static uint64_t limits[INTERVALS]; /* in counts of the timer */
static uint32_t starts[INTERVALS]; /* with a response in the interval */
static uint64_t shortest = UINT64_MAX, longest;
static uint32_t wanted = 10000;
static uint32_t samples, lost;
static uint32_t refused_ever; /* and until the last start: */
static uint32_t refused;
static uint64_t first_due, due; /* moments of the timer */

/* The moment that the timer is armed for: CNTV_CVAL. */
static uint64_t armed_for(void)
{
    uint64_t moment;

    __asm__ volatile("mrrc p15, 3, %Q0, %R0, c14" : "=r"(moment));
    return moment;
}

/* Rounded up: a response belongs to the interval that begins at so many counts or below. */
static uint64_t counts(uint32_t ns)
{
    return ((uint64_t)ns * arch_timer_hz() + NS_PER_S - 1) / NS_PER_S;
}

static uint64_t nanoseconds(uint64_t count)
{
    return count * NS_PER_S / arch_timer_hz();
}

static void record(uint64_t response)
{
    unsigned int i = INTERVALS - 1;

    while (response < limits[i]) {
        i--;
    }
    starts[i]++;
    if (response < shortest) {
        shortest = response;
    }
    if (response > longest) {
        longest = response;
    }
    samples++;
}

/* How far the alarm has come. Interrupts masked: an expiry changes all of them. */
static void look_ahead(void)
{
    due = armed_for();
    lost = OSAlarmLostCount(EachMillisecond);
    refused = refused_ever;
}

/* Whatever keeps the guest from running here, be it for seconds, counts for the next start. */
TASK(Cyclic)
{
    SuspendAllInterrupts();
    record(arch_timer_count() - due);
    look_ahead();
    ResumeAllInterrupts();
    if (samples + lost + refused >= wanted) {
        CancelAlarm(EachMillisecond);
        ActivateTask(Frame);
    }
    TerminateTask();
}

/* The alarm's turn has come, but the task has not ended. */
void ErrorHook(StatusType error)
{
    refused_ever += error == E_OS_LIMIT;
}

/* How many expiries there were by the clock, whatever became of them. */
static uint32_t passed(void)
{
    const uint64_t cycle = counts(CYCLE_TICKS * OSTICKDURATION);

    return (uint32_t)((due - first_due + cycle / 2) / cycle);
}

static void report(void)
{
    printk("response: %u due, %u samples, %u lost, %u refused\n", passed(), samples, lost, refused);
    printk("response: %llu to %llu ns\n", nanoseconds(shortest), nanoseconds(longest));
    for (unsigned int i = 0; i < INTERVALS; i++) {
        printk("response: from %u ns: %u\n", limits_ns[i], starts[i]);
    }
}

static void begin(void)
{
    for (unsigned int i = 0; i < INTERVALS; i++) {
        limits[i] = counts(limits_ns[i]);
    }
    SetRelAlarm(EachMillisecond, DELAY_TICKS, CYCLE_TICKS);
    SuspendAllInterrupts();
    look_ahead();
    ResumeAllInterrupts();
    first_due = due;
}

TASK(Frame)
{
    if (samples == 0) {
        begin();
    } else {
        report();
        ShutdownOS(E_OK);
    }
    TerminateTask();
}

/* The command line; @return false: it says something else. */
static bool obey(const char *args)
{
    static const char word[] = "expiries=";
    char *end = NULL;

    if (*args == '\0') {
        return true;
    }
    if (strncmp(args, word, sizeof(word) - 1) != 0) {
        return false;
    }
    wanted = strtoul(args + sizeof(word) - 1, &end, 10);
    return wanted > 0 && *end == '\0';
}

void StartupHook(void)
{
    if (!obey(machine_args())) {
        printk("response: the command line is \"%s\"; it may say expiries=N, N above 0\n",
               machine_args());
        ShutdownOS(E_OS_VALUE);
    }
}
