/* SPDX-License-Identifier: Apache-2.0 */
/* printk's formatter: the C library's snprintf() is the oracle wherever both know the conversion.
 */
#include <inttypes.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "lib/fmt.h"
#include "tests/host/lib/random.h"

enum { RANDOM_RUNS = 300000, TEXT_BYTES = 1024 };

struct text {
    size_t len;
    char bytes[TEXT_BYTES];
};

static void append(void *ctx, char c)
{
    struct text *text = ctx;

    assert_true(text->len < TEXT_BYTES);
    text->bytes[text->len++] = c;
}

static void vprint(struct text *text, const char *fmt, va_list args)
{
    size_t count;

    text->len = 0;
    count = fmt_vprint(append, text, fmt, args);
    assert_int_equal(count, text->len);
}

/* Not declared as printf-like: it is also given what the compiler would rightly refuse. */
static void assert_prints(const char *expected, const char *fmt, ...)
{
    struct text text;
    va_list args;

    va_start(args, fmt);
    vprint(&text, fmt, args);
    va_end(args);
    assert_int_equal(text.len, strlen(expected));
    assert_memory_equal(text.bytes, expected, text.len);
}

/* Prints with both and compares. */
__attribute__((format(printf, 1, 2))) static void assert_same(const char *fmt, ...)
{
    char expected[TEXT_BYTES];
    struct text text;
    va_list args;
    int len;

    va_start(args, fmt);
    len = vsnprintf(expected, sizeof(expected), fmt, args);
    va_end(args);
    assert_in_range(len, 0, sizeof(expected) - 1);
    va_start(args, fmt);
    vprint(&text, fmt, args);
    va_end(args);
    if ((int)text.len != len || memcmp(text.bytes, expected, text.len) != 0)
        fail_msg("\"%s\" prints \"%.*s\", not \"%s\"", fmt, (int)text.len, text.bytes, expected);
}

static void prints_text_and_percent(void **state)
{
    (void)state;
    assert_prints("", "");
    assert_prints("plain\n", "plain\n");
    assert_prints("100%", "100%%");
    assert_prints("%%", "%%%%");
}

static void prints_integers_at_their_limits(void **state)
{
    (void)state;
    assert_same("%d %d %i", INT_MIN, INT_MAX, 0);
    assert_same("%u %x %X", UINT_MAX, UINT_MAX, 0xabcdef);
    assert_same("%ld %ld %lu %lx", LONG_MIN, LONG_MAX, ULONG_MAX, ULONG_MAX);
    assert_same("%lld %lld", LLONG_MIN, LLONG_MAX);
    assert_same("%llu %llx %llX", ULLONG_MAX, ULLONG_MAX, ULLONG_MAX);
    assert_same("%zu %zx %zd", SIZE_MAX, SIZE_MAX, (ptrdiff_t)-1);
    assert_same("%" PRIu32 " %" PRIx32 " %" PRIu64 " %" PRIx64, UINT32_MAX, UINT32_MAX, UINT64_MAX,
                UINT64_MAX);
    assert_same("%llu %llu", 0xffffffffull, 0x100000000ull); /* where the division changes */
}

static void pads_fields(void **state)
{
    (void)state;
    assert_same("[%5d][%-5d][%05d][%5d][%05d]", 42, 42, 42, -42, -42);
    assert_same("[%08x][%8X][%-8x][%2x]", 0xbeef, 0xbeef, 0xbeef, 0xbeef);
    assert_same("[%3c][%-3c][%c]", 'a', 'b', 'c');
    assert_same("[%6s][%-6s][%s]", "abc", "abc", "abcdefgh");
    assert_same("[%*d][%*d][%-*d]", 6, 1, -6, 2, 6, 3);
    assert_same("[%016llx]", 0x123456789abull);
}

static void limits_strings_by_precision(void **state)
{
    static const char open_ended[3] = {'x', 'y', 'z'}; /* AddressSanitizer guards its end */

    (void)state;
    assert_same("[%.2s][%.0s][%.s][%.9s]", "abc", "abc", "abc", "abc");
    assert_same("[%6.2s][%-6.2s]", "abc", "abc");
    assert_same("[%.*s][%.*s]", 2, "abc", -1, "abc");
    assert_same("[%.*s]", (int)sizeof(open_ended), open_ended);
    assert_same("[%.3s]", open_ended);
}

static void prints_null_string_and_nul_character(void **state)
{
    (void)state;
    assert_prints("[(null)]", "[%s]", (const char *)NULL);
    assert_same("[%c]", '\0');
}

static void prints_pointers_in_full(void **state)
{
    char expected[40];

    (void)state;
    snprintf(expected, sizeof(expected), "0x%0*" PRIxPTR, (int)(2 * sizeof(uintptr_t)),
             (uintptr_t)0x40008000);
    assert_prints(expected, "%p", (void *)0x40008000);
    memset(expected, '0', sizeof(expected));
    memcpy(expected, "0x", 2);
    expected[2 + 2 * sizeof(uintptr_t)] = '\0';
    assert_prints(expected, "%p", (void *)NULL);
}

/* From an unknown conversion on no argument may be fetched: the %s would read address 1. */
static void prints_the_unknown_as_it_stands(void **state)
{
    static const char *const formats[] = {
        "%f %s",  "%e",   "%hd %s", "%#x %s", "%+d",    "% d",  "%.3d %s", "%5",   "%",
        "%-",     "%l",   "%ls %s", "%lc",    "%n %s",  "%q",   "%*",      "%.",   "%.*",
        "%5.2u",  "%zs",  "%lp",    "%08s",   "%0c %s", "%jd",  "%td",     "%Lf",  "%llld",
        "%5%%s ", "%1$s", "%'d",    "%\n%s",  "%l%",    "%08p", "%.2c",    "%.1p", "%\x80%s",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
        assert_prints(formats[i], formats[i], 1, 1, 1);
    assert_prints("7 %k %d", "%d %k %d", 7, 8);
}

static void clips_the_width(void **state)
{
    char expected[FMT_WIDTH_MAX + 1];

    (void)state;
    snprintf(expected, sizeof(expected), "%*d", (int)FMT_WIDTH_MAX, 7);
    assert_prints(expected, "%99999999999999999999d", 7);
    assert_prints(expected, "%*d", INT_MAX, 7);
    snprintf(expected, sizeof(expected), "%-*d", (int)FMT_WIDTH_MAX, 7);
    assert_prints(expected, "%*d", INT_MIN, 7);
}

static void number_same(const char *fmt, uint64_t value)
{
    /* The compiler cannot check formats that are made here: make_format() pairs them. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#pragma GCC diagnostic ignored "-Wformat-security"
    if (strstr(fmt, "ll"))
        assert_same(fmt, (unsigned long long)value);
    else if (strchr(fmt, 'l'))
        assert_same(fmt, (unsigned long)value);
    else if (strchr(fmt, 'z'))
        assert_same(fmt, (size_t)value);
    else
        assert_same(fmt, (unsigned int)value);
#pragma GCC diagnostic pop
}

static void make_format(struct random *random, char *fmt, size_t bytes)
{
    static const char *const flags[] = {"", "-", "0", "-0"};
    static const char *const lengths[] = {"", "l", "ll", "z"};
    char width[8] = "";

    if (random_below(random, 2))
        snprintf(width, sizeof(width), "%" PRIu32, 1 + random_below(random, 40));
    snprintf(fmt, bytes, "<%%%s%s%s%c>", flags[random_below(random, 4)], width,
             lengths[random_below(random, 4)], "diuxX"[random_below(random, 5)]);
}

static void agrees_with_snprintf_on_random_numbers(void **state)
{
    struct random random = random_start("random numbers");
    char fmt[32];

    (void)state;
    for (int i = 0; i < RANDOM_RUNS; i++) {
        make_format(&random, fmt, sizeof(fmt));
        number_same(fmt, random_value(&random));
    }
}

static void adds_to_a_buffer_and_not_beyond(void **state)
{
    char buf[8] = "aaaaaaaa";
    size_t len = fmt_add(buf, 6, 2, "%s", "bc");

    (void)state;
    assert_int_equal(len, 4);
    len = fmt_add(buf, 6, len, "%c%u", 0, 12345);
    assert_int_equal(len, 6);
    assert_int_equal(fmt_add(buf, 6, len, "x"), 6);
    assert_memory_equal(buf,
                        "aabc\0"
                        "1aa",
                        8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prints_text_and_percent),
        cmocka_unit_test(prints_integers_at_their_limits),
        cmocka_unit_test(pads_fields),
        cmocka_unit_test(limits_strings_by_precision),
        cmocka_unit_test(prints_null_string_and_nul_character),
        cmocka_unit_test(prints_pointers_in_full),
        cmocka_unit_test(prints_the_unknown_as_it_stands),
        cmocka_unit_test(clips_the_width),
        cmocka_unit_test(agrees_with_snprintf_on_random_numbers),
        cmocka_unit_test(adds_to_a_buffer_and_not_beyond),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
