/* SPDX-License-Identifier: Apache-2.0
 *
 * A number that is typed makes a task print so many lines, 3 s later, and tell how long that took and what other work
 * was done meanwhile. Included by the guests that differ in their OIL file.
 */
#include "drivers/console/console.h"
#include "kernel/os.h"

#define LATER_MS 3000u

static unsigned int number, wanted;
static uint32_t beats;

static void typed(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (text[i] >= '0' && text[i] <= '9') {
            number = 10 * number + (unsigned int)(text[i] - '0');
        } else if (number != 0) {
            wanted = number;
            number = 0;
            printk("asked for %u in %s\n", wanted, OSMayWait() ? "a task" : "an interrupt");
            (void)SetRelAlarm(Later, LATER_MS, 0);
        }
    }
}

TASK(Printer)
{
    const uint32_t beats_before = beats;
    const uint32_t late_before = OSAlarmLostCount(EveryTenth);
    TickType begin;
    TickType end;

    (void)GetCounterValue(SystemCounter, &begin);
    for (unsigned int i = 1; i <= wanted; i++) {
        printk("line %u of %u\n", i, wanted);
    }
    (void)GetCounterValue(SystemCounter, &end);
    printk("printed in %u ms, beats %u, late %u\n", end - begin, beats - beats_before,
           OSAlarmLostCount(EveryTenth) - late_before);
    TerminateTask();
}

TASK(Beat)
{
    beats++;
    TerminateTask();
}

void StartupHook(void)
{
    console_on_input(typed);
    printk("how many lines?\n");
}
