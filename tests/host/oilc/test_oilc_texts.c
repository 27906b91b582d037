/* SPDX-License-Identifier: Apache-2.0
 *
 * The compiler under sanitizers: on what the fuzzer found (corpus/), on all texts of the tests, on
 * both with random damage, and on texts that are too long, too deep or too many. Each is refused
 * with a message or compiled, and then --print means the same (texts.h); a timer ends what does not
 * end, and LeakSanitizer sees what is not given back.
 */
#define _POSIX_C_SOURCE 200809L
#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "tests/host/lib/random.h"
#include "tests/host/oilc/texts.h"

enum {
    DEFAULT_RUNS = 4000,
    ALARM_S = 100,
    MUTATED_BYTES =
        4096, /* longer texts are not damaged: they are slow, and nothing is new in them */
    CHUNK_BYTES = 64,
};

struct text {
    char *bytes;
    size_t length;
};

static struct text *seeds;
static size_t seed_count, first_good; /* from there on they are right */

static struct text read_text(const char *path)
{
    FILE *stream = fopen(path, "rb");
    struct text text = {0};

    assert_non_null(stream);
    assert_int_equal(0, fseek(stream, 0, SEEK_END));
    text.length = (size_t)ftell(stream);
    rewind(stream);
    text.bytes = malloc(text.length + 1);
    assert_int_equal(text.length, fread(text.bytes, 1, text.length, stream));
    text.bytes[text.length] = 0;
    fclose(stream);
    return text;
}

static int load(void **state)
{
    glob_t found;

    (void)state;
    glob("tests/host/oilc/corpus/*", 0, NULL, &found);
    glob("tests/host/oilc/bad/*.oil", GLOB_APPEND, NULL, &found);
    first_good = found.gl_pathc;
    glob("tests/host/oilc/good/*.oil", GLOB_APPEND, NULL, &found);
    glob("tests/target/apps/*/*.oil", GLOB_APPEND, NULL, &found);
    glob("apps/*/*.oil", GLOB_APPEND, NULL, &found);
    seed_count = found.gl_pathc;
    seeds = calloc(seed_count, sizeof(*seeds));
    for (size_t i = 0; i < seed_count; i++)
        seeds[i] = read_text(found.gl_pathv[i]);
    globfree(&found);
    alarm(ALARM_S);
    return seed_count < 100; /* the tests are started at the top of the tree */
}

static int unload(void **state)
{
    (void)state;
    alarm(0);
    for (size_t i = 0; i < seed_count; i++)
        free(seeds[i].bytes);
    free(seeds);
    return 0;
}

static unsigned int try(const char *text)
{
    return texts_try((const uint8_t *)text, strlen(text));
}

static void corpus_and_texts_keep_the_promise(void **state)
{
    (void)state;
    for (size_t i = 0; i < seed_count; i++)
        texts_try((const uint8_t *)seeds[i].bytes, seeds[i].length);
}

/* Every other one is right: damage to a wrong text tests little but the parser. */
static struct text any_seed(struct random *random)
{
    struct text text;

    do {
        const size_t from = random_below(random, 2) ? first_good : 0;

        text = seeds[from + random_below(random, (uint32_t)(seed_count - from))];
    } while (text.length == 0 || text.length > MUTATED_BYTES);
    return text;
}

static struct text copy_of(struct text text)
{
    struct text copy = {malloc(text.length + 1), text.length};

    memcpy(copy.bytes, text.bytes, text.length);
    return copy;
}

/* `with` in the place of `length` bytes at `at`. The text is freed. */
static struct text replace(struct text text, size_t at, size_t length, struct text with)
{
    struct text result = {.length = text.length - length + with.length};

    result.bytes = malloc(result.length + 1);
    memcpy(result.bytes, text.bytes, at);
    if (with.length > 0)
        memcpy(result.bytes + at, with.bytes, with.length);
    memcpy(result.bytes + at + with.length, text.bytes + at + length, text.length - at - length);
    free(text.bytes);
    return result;
}

/* A piece of up to CHUNK_BYTES. */
static struct text piece(struct random *random, struct text text)
{
    const size_t at = random_below(random, (uint32_t)text.length + 1);
    size_t length = random_below(random, CHUNK_BYTES);

    length = length < text.length - at ? length : text.length - at;
    return (struct text){text.bytes + at, length};
}

static struct text damage(struct random *random, struct text text)
{
    static char letters[] = "{};=:\"0-9[]/*#,. \n\xff";
    const struct text old = piece(random, text);
    const size_t at = (size_t)(old.bytes - text.bytes);

    switch (random_below(random, 4)) {
    case 0:
        return replace(text, at, old.length, (struct text){0});
    case 1:
        return replace(text, at, 0, piece(random, any_seed(random)));
    case 2:
        return replace(text, at, old.length, piece(random, any_seed(random)));
    default:
        return replace(text, at, old.length > 0,
                       (struct text){&letters[random_below(random, sizeof(letters) - 1)], 1});
    }
}

static void damaged_texts_keep_the_promise(void **state)
{
    struct random random = random_start("damaged OIL texts");
    const uint64_t runs = random_env("FUZZ_RUNS", DEFAULT_RUNS);
    unsigned int accepted = 0;

    (void)state;
    for (uint64_t run = 0; run < runs; run++) {
        struct text text = copy_of(any_seed(&random));

        for (uint32_t times = 1 + random_below(&random, 2); times > 0; times--)
            text = damage(&random, text);
        accepted += texts_try((const uint8_t *)text.bytes, text.length) == 0;
        free(text.bytes);
    }
    printf("# %llu texts, %u of them accepted\n", (unsigned long long)runs, accepted);
    assert_in_range(accepted, runs / 50, runs - runs / 50);
}

#define OS   "OS Os { };\n"
#define TASK "TASK T { PRIORITY = 1; };\n"

/* `head`, then `count` times `body` with the number's digits for each %u, then `tail`. */
static char *repeated(const char *head, const char *body, unsigned int count, const char *tail)
{
    char *text = NULL;
    size_t length;
    FILE *stream = open_memstream(&text, &length);

    assert_non_null(stream);
    fputs(head, stream);
    for (unsigned int i = 0; i < count; i++) {
        for (const char *c = body; *c; c++) {
            if (*c == '%')
                fprintf(stream, "%u", i);
            else
                fputc(*c, stream);
        }
    }
    fputs(tail, stream);
    fclose(stream);
    return text;
}

static unsigned int try_repeated(const char *head, const char *body, unsigned int count,
                                 const char *tail)
{
    char *text = repeated(head, body, count, tail);
    const unsigned int errors = try(text);

    free(text);
    return errors;
}

static void zero_bytes_are_refused(void **state)
{
    static const char text[] = OS TASK "\0" TASK;

    (void)state;
    assert_int_equal(0, try(OS TASK));
    for (size_t length = sizeof(OS TASK); length < sizeof(text); length++)
        assert_int_equal(1, texts_try((const uint8_t *)text, length));
    assert_int_not_equal(0, texts_try((const uint8_t *)"", 0));
}

static void long_names_are_refused(void **state)
{
    (void)state;
    assert_int_equal(0, try_repeated(OS "TASK ", "T", 120, " { PRIORITY = 1; };"));
    assert_int_equal(1, try_repeated(OS "TASK ", "T", 121, " { PRIORITY = 1; };"));
    assert_int_equal(1, try_repeated(OS "TASK ", "T", 65536, " { PRIORITY = 1; };"));
    assert_int_not_equal(0, try_repeated(OS "TASK T { PRIORITY = 1; ", "A", 65536, " = 1; };"));
    assert_int_not_equal(0, try_repeated(OS "TASK T { PRIORITY = ", "1", 65536, "; };"));
    assert_int_equal(0, try_repeated(OS "TASK T { PRIORITY = 1; } : \"", "x", 65536, "\";"));
}

static void deep_blocks_are_refused(void **state)
{
    (void)state;
    assert_int_equal(1, try_repeated(OS TASK, "CPU c {", 33, ""));
    assert_int_equal(1, try_repeated(OS TASK, "CPU c {", 100000, ""));
    assert_int_equal(1, try_repeated(OS "TASK T { PRIORITY = 1;", "X = a {", 100000, ""));
    assert_int_equal(1, try_repeated("IMPLEMENTATION i { TASK {", "ENUM [ A {", 100000, ""));
}

static void ten_thousand_objects_end(void **state)
{
    (void)state;
    assert_int_equal(0, try_repeated(OS, "TASK T% { PRIORITY = 1; };", 255, ""));
    assert_int_equal(1, try_repeated(OS, "TASK T% { PRIORITY = 1; };", 10000, ""));
    assert_int_equal(
        0,
        try_repeated(OS TASK,
                     "ALARM A% { COUNTER = SystemCounter; ACTION = ACTIVATETASK { TASK = T; }; };",
                     2000, ""));
    assert_true(try_repeated(OS TASK, "ALARM A% { COUNTER = C%; };", 10000, "") > 50);
    assert_int_equal(0, try_repeated(OS "TASK T { PRIORITY = 1;", "X% = 1;", 10000, "};"));
    assert_int_equal(0, try_repeated(OS "TASK T {", "PRIORITY = 1;", 10000, "};"));
    assert_int_equal(0, try_repeated(OS "TASK T { PRIORITY = 1;",
                                     "AUTOSTART = TRUE { APPMODE = OSDEFAULTAPPMODE; };", 10000,
                                     "};"));
    assert_int_equal(
        1, try_repeated(OS "TASK T { PRIORITY = 1;", "EVENT = e%; EVENT e% { };", 8000, "};"));
    assert_int_equal(
        1, try_repeated("IMPLEMENTATION i { TASK {", "UINT32 X%;", 10000, "}; };" OS TASK));
    assert_int_equal(
        1,
        try_repeated(OS TASK, "RESOURCE r% { RESOURCEPROPERTY = LINKED { LINKEDRESOURCE = s; }; };",
                     10000, "RESOURCE s { };"));
}

static void includes_end(void **state)
{
    (void)state;
    assert_int_equal(0, try("#include \"1\"\n\xff" OS "\n#include \"2\"\n\xff" TASK));
    assert_int_equal(1, try(OS TASK "#include \"0\"\n"));
    assert_int_equal(1, try(OS TASK "#include \"1\"\n\xff#include <2>\n\xff#include \"0\"\n"));
    assert_int_equal(1, try(OS TASK "#include \"9\"\n"));
    /* 3^9 texts, if nobody counted */
#define THRICE(x) "#include \"" x "\"\n#include \"" x "\"\n#include \"" x "\"\n"
    assert_int_not_equal(
        0,
        try(THRICE("1") "\xff" THRICE("2") "\xff" THRICE("3") "\xff" THRICE("4") "\xff" THRICE(
            "5") "\xff" THRICE("6") "\xff" THRICE("7") "\xff" THRICE("8") "\xff" THRICE("9") "\xff"));
    /* an error that ends the parser inside an included text */
    assert_int_equal(1, try_repeated("#include \"1\"\n\xff", "CPU c {", 40, ""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(corpus_and_texts_keep_the_promise),
        cmocka_unit_test(damaged_texts_keep_the_promise),
        cmocka_unit_test(zero_bytes_are_refused),
        cmocka_unit_test(long_names_are_refused),
        cmocka_unit_test(deep_blocks_are_refused),
        cmocka_unit_test(ten_thousand_objects_end),
        cmocka_unit_test(includes_end),
    };

    return cmocka_run_group_tests(tests, load, unload);
}
