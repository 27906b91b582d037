/* SPDX-License-Identifier: Apache-2.0
 *
 * Armed alarms. All are armed all the time for times that are far away and in no order; each round takes another of
 * them. Expiries begin as the interrupt is let through that is pending since the timer's due time.
 */
#include "bench/common/measure.h"
#include "bench/common/timer.h"
#include "kernel/arch.h"
#include "kernel/cfg.h"
#include "kernel/os.h"

#define ROUNDS MEASURE_LIMIT
#define STRIDE 617u /* prime: 1000 rounds take each of up to 1000 alarms */

/* Ticks. None of the alarms that are far away expires before the end. */
#define SOON  2u
#define NEAR  50000u
#define FAR   100000u
#define RANGE 1000000u

static struct measure set = {.name = "SetRelAlarm"};
static struct measure set_first = {.name = "SetRelAlarm, for a time before all others"};
static struct measure cancel = {.name = "CancelAlarm"};
static struct measure cancel_first = {.name = "CancelAlarm of the first to expire"};
static struct measure once = {.name = "an alarm expires, to its task's first instruction"};
static struct measure again = {.name = "a cyclic alarm expires, to its task's first instruction"};
static struct measure *due; /* which of the two is measured */

TASK(Due)
{
    measure_end();
    measure_keep(due);
    TerminateTask();
}

/* Behind FAR, in no order, and the same in each run: Numerical Recipes' generator. */
static TickType far_away(void)
{
    static uint32_t random;

    random = random * 1664525u + 1013904223u;
    return FAR + (random >> 8) % RANGE;
}

static void measured_set(AlarmType alarm, TickType increment, struct measure *measure)
{
    measure_begin();
    SetRelAlarm(alarm, increment, 0);
    measure_end();
    measure_keep(measure);
}

static void measured_cancel(AlarmType alarm, struct measure *measure)
{
    measure_begin();
    CancelAlarm(alarm);
    measure_end();
    measure_keep(measure);
}

/* An alarm that is not armed, with the cycle or 0 = once. */
static void expire(AlarmType alarm, TickType cycle, struct measure *measure)
{
    due = measure;
    SetRelAlarm(alarm, SOON, cycle);
    arch_irq_disable();
    timer_wait_until_due();
    measure_begin();
    arch_irq_enable();
}

static void measure_one(AlarmType alarm)
{
    measured_cancel(alarm, &cancel);
    measured_set(alarm, far_away(), &set);
    CancelAlarm(alarm);
    measured_set(alarm, NEAR, &set_first);
    measured_cancel(alarm, &cancel_first);
    expire(alarm, 0, &once);
    expire(alarm, far_away(), &again);
}

TASK(Bench)
{
    for (AlarmType alarm = 0; alarm < CFG_ALARM_COUNT; alarm++) {
        SetRelAlarm(alarm, far_away(), 0);
    }
    for (unsigned int round = 0; round < ROUNDS; round++) {
        measure_one((AlarmType)(round * STRIDE % CFG_ALARM_COUNT));
    }
    measure_print_heading();
    measure_print(&once);
    measure_print(&again);
    measure_print(&set);
    measure_print(&set_first);
    measure_print(&cancel);
    measure_print(&cancel_first);
    ShutdownOS(E_OK);
}

int main(void)
{
    measure_init();
    StartOS(OSDEFAULTAPPMODE);
}
