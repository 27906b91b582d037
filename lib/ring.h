/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Index arithmetic of Xen's byte rings (xenstore: io/xs_wire.h, console: io/console.h).
 *
 * Producer and consumer indices are 32-bit, run freely, wrap at 2^32 and need not start at 0; the
 * place in the buffer is the index modulo the ring's size, a power of two. The other side can write
 * anything at any time into indices and data. So: read both indices once into locals, check them
 * with ring_is_valid() (X1), and use only the locals from then on. Barriers between data and
 * indices are the caller's: they belong to the protocol, not to the arithmetic.
 */
#ifndef LIB_RING_H
#define LIB_RING_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/** Bytes that wait in the ring. Meaningless unless ring_is_valid(). */
static inline uint32_t ring_used(uint32_t prod, uint32_t cons)
{
    return prod - cons;
}

/** Whether the two indices can belong to a ring of @p size bytes; false: the other side is broken.
 */
static inline bool ring_is_valid(uint32_t prod, uint32_t cons, uint32_t size)
{
    return ring_used(prod, cons) <= size;
}

/** Bytes for which there is room. Meaningless unless ring_is_valid(). */
static inline uint32_t ring_free(uint32_t prod, uint32_t cons, uint32_t size)
{
    return size - ring_used(prod, cons);
}

/** Where in the buffer the byte of @p index is: 0 .. size - 1. */
static inline uint32_t ring_offset(uint32_t index, uint32_t size)
{
    return index & (size - 1);
}

/** Bytes from the place of @p index to the end of the buffer: 1 .. size. */
static inline uint32_t ring_run(uint32_t index, uint32_t size)
{
    return size - ring_offset(index, size);
}

/*
 * After this the compiler must take copied bytes from the private copy: it may not go back to the
 * shared source for them, where the other side could meanwhile have put others.
 */
static inline void ring_forget_source(void)
{
    __asm__ volatile("" : : : "memory");
}

/**
 * Copy @p len bytes into the ring @p buf, from the place of @p index on, round its end if need be.
 * @param  len  0 .. size; the caller has checked ring_free() >= len
 */
static inline void ring_copy_in(void *buf, uint32_t size, uint32_t index, const void *src,
                                uint32_t len)
{
    uint32_t run = ring_run(index, size);
    uint32_t first = len < run ? len : run;

    memcpy((uint8_t *)buf + ring_offset(index, size), src, first);
    memcpy(buf, (const uint8_t *)src + first, len - first);
}

/**
 * Copy @p len bytes out of the ring @p buf, from the place of @p index on, round its end if need
 * be. Each byte is read once; judge the copy, never the ring.
 * @param  len  0 .. size; the caller has checked ring_used() >= len
 */
static inline void ring_copy_out(void *dst, const void *buf, uint32_t size, uint32_t index,
                                 uint32_t len)
{
    uint32_t run = ring_run(index, size);
    uint32_t first = len < run ? len : run;

    memcpy(dst, (const uint8_t *)buf + ring_offset(index, size), first);
    memcpy((uint8_t *)dst + first, buf, len - first);
    ring_forget_source();
}

#endif
