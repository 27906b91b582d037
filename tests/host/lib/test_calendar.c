/* SPDX-License-Identifier: Apache-2.0
 *
 * Dates, against the C library's.
 */
#define _POSIX_C_SOURCE 200809L
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <time.h>

#include <cmocka.h>

#include "calendar.h"

#define DAY_S UINT64_C(86400)

static void check(uint64_t seconds)
{
    const time_t moment = (time_t)seconds;
    struct calendar date;
    struct tm tm;

    assert_non_null(gmtime_r(&moment, &tm));
    calendar_of(seconds, &date);
    assert_int_equal(date.year, tm.tm_year + 1900);
    assert_int_equal(date.month, tm.tm_mon + 1);
    assert_int_equal(date.day, tm.tm_mday);
    assert_int_equal(date.weekday, tm.tm_wday);
    assert_int_equal(date.hour, tm.tm_hour);
    assert_int_equal(date.minute, tm.tm_min);
    assert_int_equal(date.second, tm.tm_sec);
}

/* Two Gregorian cycles: each kind of year, and each one's neighbours. */
static void test_each_day_of_eight_hundred_years(void **state)
{
    (void)state;
    for (uint64_t day = 0; day < 2 * 146097; day++) {
        check(day * DAY_S);
        check(day * DAY_S + DAY_S - 1);
    }
}

static void test_each_second_of_a_day(void **state)
{
    (void)state;
    for (uint64_t second = 0; second < DAY_S; second++)
        check(20000 * DAY_S + second);
}

static void test_the_ends(void **state)
{
    (void)state;
    check(0);
    check(UINT32_MAX);
    check(CALENDAR_END - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_day_of_eight_hundred_years),
        cmocka_unit_test(test_each_second_of_a_day),
        cmocka_unit_test(test_the_ends),
    };

    return cmocka_run_group_tests_name("calendar", tests, NULL, NULL);
}
