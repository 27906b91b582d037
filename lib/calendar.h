/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The date of a moment, in UTC and the Gregorian calendar.
 */
#ifndef LIB_CALENDAR_H
#define LIB_CALENDAR_H

#include <stdint.h>

/** The least count of seconds that is too large: in the year 36812. */
#define CALENDAR_END (UINT64_C(1) << 40)

struct calendar {
    uint32_t year;    /* 1970 .. */
    uint32_t month;   /* 1 .. 12 */
    uint32_t day;     /* 1 .. 31 */
    uint32_t weekday; /* 0 = Sunday */
    uint32_t hour, minute, second;
};

/**
 * @param  seconds  since 1970-01-01 00:00:00 UTC, without leap seconds (POSIX, "seconds since the
 *                  epoch"); below CALENDAR_END
 * Context: any.
 */
void calendar_of(uint64_t seconds, struct calendar *date);

#endif
