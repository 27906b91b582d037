/* SPDX-License-Identifier: Apache-2.0
 *
 * A guest that tells what happens to its alarms, and that can be made to hang or to crash. It judges
 * nothing: test_life.py does, by what dom0 sees.
 */
#include "drivers/console/console.h"
#include "drivers/xen/evtchn.h"
#include "drivers/xen/report.h"
#include "drivers/xen/watchdog.h"
#include "os.h"
#include "tests/system/apps/life/words.h"

static unsigned int fast;
static unsigned int slow;

TASK(Feed)
{
    watchdog_feed();
    TerminateTask();
}

ALARMCALLBACK(fast_expired)
{
    fast++;
}

/* All counts at one moment: a line that dom0 can count, and can compare with its own clock. */
TASK(Slow)
{
    TickType ticks;

    slow++;
    SuspendAllInterrupts();
    GetCounterValue(SystemCounter, &ticks);
    ResumeAllInterrupts();
    printk("slow %u lost %u, fast %u lost %u, tick %u\n", slow, OSAlarmLostCount(SlowAlarm), fast,
           OSAlarmLostCount(FastAlarm), ticks);
    TerminateTask();
}

/* Above the task that feeds the watchdog. */
TASK(Hang)
{
    for (;;) {
    }
}

TASK(HangMasked)
{
    SuspendAllInterrupts();
    for (;;) {
    }
}

static void hang(void)
{
    (void)ActivateTask(Hang);
}

static void hang_masked(void)
{
    (void)ActivateTask(HangMasked);
}

/* A data abort: page zero is not mapped. */
static void crash(void)
{
    static volatile unsigned int *volatile nowhere = (volatile unsigned int *)16;

    *nowhere = 1;
}

/* `xl debug-keys q`: also while a task hangs. */
ISR(Debug)
{
    report_print();
}

static void mask_console(void)
{
    evtchn_mask(EVTCHN_CONSOLE);
}

static void unmask_console(void)
{
    evtchn_unmask(EVTCHN_CONSOLE);
}

static const struct word words[] = {
    {"hang", hang},         {"hang-masked", hang_masked}, {"crash", crash},
    {"mask", mask_console}, {"unmask", unmask_console},   {NULL, NULL},
};

int main(void)
{
    words_start(words);
    StartOS(OSDEFAULTAPPMODE);
}
