/* SPDX-License-Identifier: Apache-2.0
 *
 * See calendar.h. Years are counted from a first of March, so that the leap day is the last of its
 * year, of its four years and of its four hundred.
 */
#include "calendar.h"

#define DAY_S 86400u
/* From 0000-03-01 to 1970-01-01. */
#define DAYS_BEFORE_1970 719468u
#define THURSDAY         4u /* 1970-01-01 */

enum { FEBRUARY = 11, MONTHS }; /* from March */

/* How many whole periods there are in these days, at most `most`; leaves the days behind them. */
static uint32_t take(uint32_t *days, uint32_t period, uint32_t most)
{
    uint32_t count = *days / period;

    if (count > most)
        count = most;
    *days -= count * period;
    return count;
}

static uint32_t take_years(uint32_t *days)
{
    uint32_t years = 400 * take(days, 146097, UINT32_MAX);

    years += 100 * take(days, 36524, 3); /* the fourth has the leap day of the four hundred */
    years += 4 * take(days, 1461, 24);
    return years + take(days, 365, 3);
}

static uint32_t take_months(uint32_t *days)
{
    static const uint8_t lengths[FEBRUARY] = {31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31};
    uint32_t month = 0;

    while (month < FEBRUARY && *days >= lengths[month])
        *days -= lengths[month++];
    return month;
}

void calendar_of(uint64_t seconds, struct calendar *date)
{
    uint32_t days = (uint32_t)(seconds / DAY_S);
    uint32_t second = (uint32_t)(seconds % DAY_S);
    uint32_t month;

    date->weekday = (days + THURSDAY) % 7;
    days += DAYS_BEFORE_1970;
    date->year = take_years(&days);
    month = take_months(&days);
    date->day = days + 1;
    date->year += month >= 10 ? 1 : 0; /* January and February are the next year's */
    date->month = (month + 2) % MONTHS + 1;
    date->hour = second / 3600;
    date->minute = second / 60 % 60;
    date->second = second % 60;
}
