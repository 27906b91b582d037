/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows of alarms. Expiries begin as interrupts do (interrupts.c): the timer is past its due time, and masked.
 */
#include "bench/common/measure.h"
#include "bench/common/timer.h"
#include "kernel/arch.h"
#include "kernel/os.h"
#include "rows.h"

#define ALARMS 10u
#define LATER  1000u /* ticks: further away than a measurement takes */

static struct measure set = {.name = "SetRelAlarm"};
static struct measure cancel = {.name = "CancelAlarm"};
static struct measure one = {.name = "an alarm expires, to its task's first instruction"};
static struct measure ten = {.name = "10 alarms expire together, to the first of their tasks"};
static struct measure *due; /* which of the two the highest of the due tasks ends */

static const AlarmType alarms[ALARMS] = {Alarm0, Alarm1, Alarm2, Alarm3, Alarm4,
                                         Alarm5, Alarm6, Alarm7, Alarm8, Alarm9};

TASK(Due0)
{
    TerminateTask();
}
TASK(Due1)
{
    TerminateTask();
}
TASK(Due2)
{
    TerminateTask();
}
TASK(Due3)
{
    TerminateTask();
}
TASK(Due4)
{
    TerminateTask();
}
TASK(Due5)
{
    TerminateTask();
}
TASK(Due6)
{
    TerminateTask();
}
TASK(Due7)
{
    TerminateTask();
}
TASK(Due8)
{
    TerminateTask();
}

TASK(Due9)
{
    measure_end();
    measure_keep(due);
    TerminateTask();
}

/* Until a tick begins, so that what follows is all in one. */
static void wait_for_tick(void)
{
    TickType before;
    TickType now;

    GetCounterValue(SystemCounter, &before);
    do {
        GetCounterValue(SystemCounter, &now);
    } while (now == before);
}

static bool is_armed(AlarmType alarm)
{
    TickType left;

    return GetAlarm(alarm, &left) == E_OK;
}

/* Arm `count` alarms, those of the highest tasks, for one tick; let them expire when it has come. On a machine that is
 * held up they may be due at several; these rounds show in the maximum only. */
static void expire(unsigned int count, struct measure *measure)
{
    due = measure;
    wait_for_tick();
    for (unsigned int i = ALARMS - count; i < ALARMS; i++) {
        SetRelAlarm(alarms[i], 2, 0);
    }
    arch_irq_disable();
    timer_wait_until_due();
    measure_begin();
    arch_irq_enable();
    for (unsigned int i = ALARMS - count; i < ALARMS; i++) {
        while (is_armed(alarms[i])) {
        }
    }
}

void rows_alarms(void)
{
    for (unsigned int i = 0; i < MEASURE_ROUNDS; i++) {
        measure_begin();
        SetRelAlarm(Alarm0, LATER, 0);
        measure_end();
        measure_keep(&set);
        measure_begin();
        CancelAlarm(Alarm0);
        measure_end();
        measure_keep(&cancel);
        expire(1, &one);
        expire(ALARMS, &ten);
    }
    measure_print(&set);
    measure_print(&cancel);
    measure_print(&one);
    measure_print(&ten);
}
