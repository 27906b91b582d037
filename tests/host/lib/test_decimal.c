/* SPDX-License-Identifier: Apache-2.0
 *
 * Decimal numbers against C's own.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "decimal.h"
#include "tests/host/lib/random.h"

static const uint64_t edges[] = {0,  1,          9,           10,         99,
                                 10, 4294967295, 10000000000, UINT64_MAX, UINT64_MAX - 1};

static void check(uint64_t number)
{
    char text[DECIMAL_BYTES];
    char expected[32];
    uint64_t value = ~number;

    assert_int_equal(decimal_print(text, number),
                     sprintf(expected, "%llu", (unsigned long long)number));
    assert_string_equal(text, expected);
    assert_true(decimal_parse(text, number, &value));
    assert_int_equal(value, number);
    if (number > 0)
        assert_false(decimal_parse(text, number - 1, &value));
    assert_true(decimal_parse(text, UINT64_MAX, &value));
}

static void test_there_and_back(void **state)
{
    struct random random = random_start("decimal");

    (void)state;
    for (size_t i = 0; i < sizeof(edges) / sizeof(edges[0]); i++)
        check(edges[i]);
    for (unsigned int i = 0; i < 100000; i++)
        check(random_bits(&random) >> random_bits(&random) % 64);
}

static void test_what_is_no_number(void **state)
{
    static const char *const texts[] = {"",
                                        " 1",
                                        "1 ",
                                        "-1",
                                        "+1",
                                        "0x1",
                                        "1a",
                                        "a",
                                        "1.0",
                                        "\n",
                                        "18446744073709551616",
                                        "99999999999999999999"};
    uint64_t value = 42;

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        assert_false(decimal_parse(texts[i], UINT64_MAX, &value));
    assert_int_equal(value, 42);
    assert_true(decimal_parse("007", 7, &value));
    assert_int_equal(value, 7);
    assert_false(decimal_parse("5", 3, &value));
    assert_false(decimal_parse("10", 3, &value));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_there_and_back),
        cmocka_unit_test(test_what_is_no_number),
    };

    return cmocka_run_group_tests_name("decimal", tests, NULL, NULL);
}
