/* SPDX-License-Identifier: Apache-2.0 */
/* See fmt.h. Each conversion is parsed into a `struct spec` first and printed afterwards. */
#include "fmt.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Of a 64-bit number in base 10, the longest that we print. */
#define DIGITS_MAX 20u

enum length { LENGTH_INT, LENGTH_LONG, LENGTH_LONG_LONG, LENGTH_SIZE };

struct spec {
    bool left;
    bool zeros;
    bool has_precision;
    unsigned int width;
    unsigned int precision;
    enum length length;
    char conversion;
};

struct out {
    void (*put)(void *ctx, char c);
    void *ctx;
    size_t count;
};

/* va_list is an array on some ABIs and a struct on others; wrapped, it can be passed by address. */
struct arguments {
    va_list list;
};

static void put(struct out *out, char c)
{
    out->put(out->ctx, c);
    out->count++;
}

static void put_many(struct out *out, char c, size_t count)
{
    for (; count > 0; count--)
        put(out, c);
}

static void put_bytes(struct out *out, const char *bytes, size_t count)
{
    for (; count > 0; count--)
        put(out, *bytes++);
}

/* @p prefix (a sign, "0x") and @p body in the field; zeros go between the two, blanks outside. */
static void put_field(struct out *out, const struct spec *spec, const char *prefix,
                      const char *body, size_t body_len)
{
    size_t len = strlen(prefix) + body_len;
    size_t pad = spec->width > len ? spec->width - len : 0;
    bool zeros = spec->zeros && !spec->left;

    if (!spec->left && !zeros)
        put_many(out, ' ', pad);
    put_bytes(out, prefix, strlen(prefix));
    if (zeros)
        put_many(out, '0', pad);
    put_bytes(out, body, body_len);
    if (spec->left)
        put_many(out, ' ', pad);
}

/* Writes backwards from @p end, returns the first digit. */
static char *decimal_digits(char *end, uint64_t value)
{
    uint32_t low;

    for (; value > UINT32_MAX; value /= 10)
        *--end = (char)('0' + value % 10);
    low = (uint32_t)value; /* from here on a machine instruction divides */
    do {
        *--end = (char)('0' + low % 10);
        low /= 10;
    } while (low != 0);
    return end;
}

static char *hex_digits(char *end, uint64_t value, bool capitals)
{
    const char *digits = capitals ? "0123456789ABCDEF" : "0123456789abcdef";

    do {
        *--end = digits[value & 0xf];
        value >>= 4;
    } while (value != 0);
    return end;
}

static void put_signed(struct out *out, const struct spec *spec, int64_t value)
{
    char buf[DIGITS_MAX];
    char *end = buf + sizeof(buf);
    /* Negated as an unsigned number: the most negative one has no positive counterpart. */
    uint64_t magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    char *first = decimal_digits(end, magnitude);

    put_field(out, spec, value < 0 ? "-" : "", first, (size_t)(end - first));
}

static void put_unsigned(struct out *out, const struct spec *spec, uint64_t value)
{
    char buf[DIGITS_MAX];
    char *end = buf + sizeof(buf);
    char *first;

    if (spec->conversion == 'u')
        first = decimal_digits(end, value);
    else
        first = hex_digits(end, value, spec->conversion == 'X');
    put_field(out, spec, "", first, (size_t)(end - first));
}

static void put_pointer(struct out *out, const struct spec *spec, const void *pointer)
{
    char buf[2 * sizeof(uintptr_t)];
    char *first = hex_digits(buf + sizeof(buf), (uintptr_t)pointer, false);

    memset(buf, '0', (size_t)(first - buf));
    put_field(out, spec, "0x", buf, sizeof(buf));
}

static void put_string(struct out *out, const struct spec *spec, const char *string)
{
    size_t len = 0;

    if (!string)
        string = "(null)";
    while ((!spec->has_precision || len < spec->precision) && string[len])
        len++;
    put_field(out, spec, "", string, len);
}

static int64_t signed_argument(enum length length, struct arguments *args)
{
    switch (length) {
    case LENGTH_LONG:
        return va_arg(args->list, long);
    case LENGTH_LONG_LONG:
        return va_arg(args->list, long long);
    case LENGTH_SIZE:
        return va_arg(args->list, ptrdiff_t); /* the signed type of size_t's width */
    case LENGTH_INT:
        break;
    }
    return va_arg(args->list, int);
}

static uint64_t unsigned_argument(enum length length, struct arguments *args)
{
    switch (length) {
    case LENGTH_LONG:
        return va_arg(args->list, unsigned long);
    case LENGTH_LONG_LONG:
        return va_arg(args->list, unsigned long long);
    case LENGTH_SIZE:
        return va_arg(args->list, size_t);
    case LENGTH_INT:
        break;
    }
    return va_arg(args->list, unsigned int);
}

/* Digits, as far as there are any; a number above FMT_WIDTH_MAX is clipped to @p limit. */
static unsigned int parse_number(const char **at, unsigned int limit)
{
    unsigned int number = 0;

    for (; **at >= '0' && **at <= '9'; ++*at) {
        number = number * 10 + (unsigned int)(**at - '0');
        if (number > limit)
            number = limit;
    }
    return number;
}

static void parse_flags(const char **at, struct spec *spec)
{
    for (;; ++*at) {
        if (**at == '-')
            spec->left = true;
        else if (**at == '0')
            spec->zeros = true;
        else
            return;
    }
}

static void parse_width(const char **at, struct spec *spec, struct arguments *args)
{
    int width;

    if (**at != '*') {
        spec->width = parse_number(at, FMT_WIDTH_MAX);
        return;
    }
    ++*at;
    width = va_arg(args->list, int);
    if (width < 0)
        spec->left = true;
    spec->width = width < 0 ? 0 - (unsigned int)width : (unsigned int)width;
    if (spec->width > FMT_WIDTH_MAX)
        spec->width = FMT_WIDTH_MAX;
}

static void parse_precision(const char **at, struct spec *spec, struct arguments *args)
{
    int precision;

    if (**at != '.')
        return;
    ++*at;
    if (**at != '*') {
        spec->has_precision = true;
        spec->precision = parse_number(at, UINT16_MAX);
        return;
    }
    ++*at;
    precision = va_arg(args->list, int);
    spec->has_precision = precision >= 0; /* a negative one counts as none */
    spec->precision = precision < 0 ? 0 : (unsigned int)precision;
}

static void parse_length(const char **at, struct spec *spec)
{
    spec->length = LENGTH_INT;
    if (**at == 'z') {
        spec->length = LENGTH_SIZE;
        ++*at;
    } else if (**at == 'l') {
        spec->length = LENGTH_LONG;
        ++*at;
        if (**at == 'l') {
            spec->length = LENGTH_LONG_LONG;
            ++*at;
        }
    }
}

/* Whether the parts of @p spec go together in a conversion that we know. */
static bool is_known(const struct spec *spec)
{
    switch (spec->conversion) {
    case 'd':
    case 'i':
    case 'u':
    case 'x':
    case 'X':
        return !spec->has_precision;
    case 's':
        return spec->length == LENGTH_INT && !spec->zeros;
    case 'c':
    case 'p':
        return spec->length == LENGTH_INT && !spec->zeros && !spec->has_precision;
    default:
        return false;
    }
}

static void put_conversion(struct out *out, const struct spec *spec, struct arguments *args)
{
    char c;

    switch (spec->conversion) {
    case 'd':
    case 'i':
        put_signed(out, spec, signed_argument(spec->length, args));
        break;
    case 'c':
        c = (char)va_arg(args->list, int);
        put_field(out, spec, "", &c, 1);
        break;
    case 's':
        put_string(out, spec, va_arg(args->list, const char *));
        break;
    case 'p':
        put_pointer(out, spec, va_arg(args->list, const void *));
        break;
    default:
        put_unsigned(out, spec, unsigned_argument(spec->length, args));
        break;
    }
}

/* One conversion, @p at behind its '%'. False, with *at unchanged: it is none that we know. */
static bool convert(struct out *out, const char **at, struct arguments *args)
{
    const char *start = *at;
    struct spec spec = {0};

    parse_flags(at, &spec);
    parse_width(at, &spec, args);
    parse_precision(at, &spec, args);
    parse_length(at, &spec);
    spec.conversion = **at;
    if (!is_known(&spec)) {
        *at = start;
        return false;
    }
    ++*at;
    put_conversion(out, &spec, args);
    return true;
}

size_t fmt_vprint(void (*put_char)(void *ctx, char c), void *ctx, const char *fmt, va_list args)
{
    struct out out = {.put = put_char, .ctx = ctx};
    struct arguments copy;

    va_copy(copy.list, args);
    while (*fmt) {
        if (*fmt != '%') {
            put(&out, *fmt++);
        } else if (fmt[1] == '%') {
            put(&out, '%');
            fmt += 2;
        } else {
            fmt++;
            if (!convert(&out, &fmt, &copy)) {
                put(&out, '%');
                put_bytes(&out, fmt, strlen(fmt));
                break;
            }
        }
    }
    va_end(copy.list);
    return out.count;
}

struct buffer {
    char *chars;
    size_t size;
    size_t len;
};

static void add(void *ctx, char c)
{
    struct buffer *const buffer = ctx;

    if (buffer->len < buffer->size) {
        buffer->chars[buffer->len++] = c;
    }
}

size_t fmt_vadd(char *buf, size_t size, size_t len, const char *fmt, va_list args)
{
    struct buffer buffer = {.chars = buf, .size = size, .len = len};

    (void)fmt_vprint(add, &buffer, fmt, args);
    return buffer.len;
}

size_t fmt_add(char *buf, size_t size, size_t len, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    len = fmt_vadd(buf, size, len, fmt, args);
    va_end(args);
    return len;
}
