/* SPDX-License-Identifier: Apache-2.0
 *
 * The time of day, once a second.
 */
#include "calendar.h"
#include "drivers/console/console.h"
#include "drivers/xen/wallclock.h"
#include "kernel/os.h"

#define TIMES 20

static void print(const struct wallclock *now)
{
    static const char *const weekdays[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                           "Thursday", "Friday", "Saturday"};
    struct calendar date;

    calendar_of(now->seconds, &date);
    printk("%s %u-%02u-%02u %02u:%02u:%02u.%03u UTC\n", weekdays[date.weekday], date.year,
           date.month, date.day, date.hour, date.minute, date.second, now->ns / 1000000);
}

TASK(Tell)
{
    static unsigned int told;
    struct wallclock now;
    const int error = wallclock_read(&now);

    if (error == 0) {
        print(&now);
    } else {
        printk("no time of day here (error %d): dom0 would tell it\n", error);
    }
    if (error != 0 || ++told == TIMES) {
        ShutdownOS(E_OK);
    }
    TerminateTask();
}
