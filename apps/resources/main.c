/* SPDX-License-Identifier: Apache-2.0
 *
 * Priority inversion, shown and prevented: the same scene with a lock made of a flag and an event,
 * and with an OSEK resource, which has a ceiling.
 *
 * Time is counted in units of work, so that the result is the same on every machine: each unit is a
 * busy loop of a fixed length, and ends with a tick of the counter `Work`, whose alarms start the
 * other tasks.
 */
#include <stdbool.h>

#include "drivers/console/console.h"
#include "kernel/os.h"

#define LOOPS_PER_UNIT 10000u
#define START          2u /* the unit after which High and Medium start */

struct lock {
    const char *name;
    void (*take)(void);
    void (*give)(void);
};

static const struct lock *lock; /* of this scene */
static char chart[32];          /* who did each unit; a capital letter: holding the lock */
static TickType now;
static TickType high_end;

static void work(char who, unsigned int units)
{
    for (unsigned int i = 0; i < units; i++) {
        for (volatile unsigned int loop = 0; loop < LOOPS_PER_UNIT; loop++) {
        }
        chart[now++] = who;
        IncrementCounter(Work); /* from here on others may run */
    }
}

/* The lock without a ceiling. Only High ever has to wait for it. */
static bool is_taken;

static void take_flag(void)
{
    while (is_taken) {
        WaitEvent(LockIsFree);
        ClearEvent(LockIsFree);
    }
    is_taken = true;
}

static void give_flag(void)
{
    TaskStateType state;

    is_taken = false;
    GetTaskState(High, &state);
    if (state == WAITING) {
        SetEvent(High, LockIsFree);
    }
}

static void take_resource(void)
{
    GetResource(Lock);
}

static void give_resource(void)
{
    ReleaseResource(Lock);
}

TASK(Low)
{
    work('l', 1);
    lock->take();
    work('L', 3);
    lock->give();
    work('l', 1);
    TerminateTask();
}

TASK(Medium)
{
    work('m', 4);
    TerminateTask();
}

TASK(High)
{
    work('h', 1);
    lock->take();
    work('H', 1);
    lock->give();
    high_end = now;
    TerminateTask();
}

static void play(const struct lock *with)
{
    lock = with;
    now = 0;
    SetRelAlarm(StartHigh, START, 0);
    SetRelAlarm(StartMedium, START, 0);
    ActivateTask(Low); /* all three are over when this returns */
    chart[now] = '\0';
    printk("%-8s  %s  High was done %u units after its start\n", with->name, chart,
           high_end - START);
}

TASK(Director)
{
    static const struct lock flag = {.name = "flag", .take = take_flag, .give = give_flag};
    static const struct lock resource = {
        .name = "resource", .take = take_resource, .give = give_resource};

    play(&flag);
    play(&resource);
    ShutdownOS(E_OK);
}

/* None of these services may fail. */
void ErrorHook(StatusType error)
{
    printk("service %u failed: status %u\n", (unsigned int)OSErrorGetServiceId(),
           (unsigned int)error);
    ShutdownOS(error);
}
