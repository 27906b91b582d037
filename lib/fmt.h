/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The formatter behind printk(): a part of C's printf that needs no buffer, no heap, no locale and
 * no floating point, and that can be called before anything else works.
 */
#ifndef LIB_FMT_H
#define LIB_FMT_H

#include <stdarg.h>
#include <stddef.h>

/** The largest field width; a larger one is taken as this, so no format can print for ever. */
#define FMT_WIDTH_MAX 255u

/**
 * Print @p fmt with @p args, character by character, to @p put.
 *
 * As in C's printf (C11 7.21.6.1):
 *   conversions  %d %i %u %x %X %c %s %p %%
 *   length       l, ll and z, for the integers
 *   flags        - (left) and 0 (zeros, integers only), then a width in digits or `*`
 *   precision    `.digits` or `.*`, for %s only: at most so many characters are read
 * Differences: %s of NULL prints "(null)"; %p prints 0x and all digits of an address.
 *
 * A conversion that is not in this list is printed as it stands, and so is all that follows it:
 * nobody can know which argument comes next. Declare callers with
 * __attribute__((format(printf, ...))), so that the compiler checks the arguments.
 *
 * @param  put  called once a character, NUL included when %c prints one
 * @param  ctx  passed on to @p put
 * @return how many characters were put
 * Context: any from which @p put may be called. Reentrant. Uses about 200 bytes of stack.
 */
size_t fmt_vprint(void (*put)(void *ctx, char c), void *ctx, const char *fmt, va_list args);

/**
 * Print behind the @p len characters that @p buf holds already. What does not fit is dropped, and no NUL is put
 * behind the text but what %c prints.
 * @param  size  of @p buf; at least @p len
 * @return the new length, at most @p size
 * Context: any. Reentrant.
 */
size_t fmt_vadd(char *buf, size_t size, size_t len, const char *fmt, va_list args);

/** fmt_vadd() with its arguments. */
__attribute__((format(printf, 4, 5))) size_t fmt_add(char *buf, size_t size, size_t len,
                                                     const char *fmt, ...);

#endif
