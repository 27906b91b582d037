/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * The page that a guest and the module in dom0 share to drive pins. PIN_PROTOCOL.md, next to this
 * file, is the contract; this header is only its layout. It belongs to neither side and compiles in
 * the Linux kernel and in a freestanding guest. All words are little-endian and naturally aligned.
 */
#ifndef ERIKA_XEN_ABI_PIN_H
#define ERIKA_XEN_ABI_PIN_H

#ifdef __KERNEL__
#include <linux/types.h>
#else
#include <stdint.h>
#endif

#define PIN_MAGIC       0x534e4950u /* the bytes "PINS" */
#define PIN_ABI_VERSION 1u
#define PIN_PAGE_BYTES  4096u
#define PIN_SLOTS       32u /* a power of two: request n lives in slot n % PIN_SLOTS */

/* The slot's owner, and so the only side that may write the slot's other words. */
enum pin_state {
    PIN_FREE = 0,      /* dom0: nothing here */
    PIN_POSTED = 1,    /* either, by compare-and-swap: a request waits */
    PIN_TAKEN = 2,     /* guest: the pin may move from now on */
    PIN_DONE = 3,      /* dom0: the answer is here */
    PIN_CANCELLED = 4, /* guest: dom0 gave up before the guest looked; the pin never moves */
};

enum pin_op {
    PIN_OP_SET = 1, /* drive pin `pin` to `value`, 0 or 1 */
    PIN_OP_GET = 2, /* the level of pin `pin` into `answer_value`, 0 or 1 */
};

struct pin_slot {
    uint32_t state; /* enum pin_state */

    /* Request: written by dom0 while the slot is FREE. */
    uint32_t id;    /* consecutive, wraps at 2^32 */
    uint32_t op;    /* enum pin_op */
    uint32_t pin;   /* index into the guest's list of pins; 0 is the one behind pin_state */
    uint32_t value; /* PIN_OP_SET: 0 or 1; otherwise 0 */

    /* Answer: written by the guest while the slot is TAKEN. */
    uint32_t answer_id;    /* the request's id again */
    int32_t status;        /* 0, or a negative errno of Linux and Xen, -1 .. -PIN_ERRNO_MAX */
    uint32_t answer_value; /* PIN_OP_GET with status 0: 0 or 1; otherwise 0 */

    uint32_t reserved[8]; /* 0 */
};

#define PIN_ERRNO_MAX 133 /* beyond are numbers that the kernel keeps for itself */

struct pin_page {
    /* Written by the guest: all but next_id before it publishes the page, then constant. */
    uint32_t magic;       /* PIN_MAGIC */
    uint32_t abi_version; /* PIN_ABI_VERSION */
    uint32_t slot_count;  /* PIN_SLOTS */
    uint32_t slot_bytes;  /* sizeof(struct pin_slot) */
    uint32_t pin_count;   /* pins in the guest's list, at least 1 */
    uint32_t next_id;     /* the request that the guest will look at next */
    uint32_t guest_reserved[10];

    /* Written by dom0; the guest only zeroes it before it publishes the page. */
    uint32_t post_id; /* the id of dom0's next request: where a newly loaded module goes on */
    uint32_t dom0_reserved[15];

    struct pin_slot slots[PIN_SLOTS];
    uint8_t unused[PIN_PAGE_BYTES - 128 - PIN_SLOTS * 64];
};

_Static_assert(sizeof(struct pin_slot) == 64, "a slot is one cache line");
_Static_assert(sizeof(struct pin_page) == PIN_PAGE_BYTES, "what is granted is one whole page");

#endif
