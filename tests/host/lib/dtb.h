/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of the device-tree reader share: trees from files, and libfdt's second opinion. */
#ifndef TESTS_HOST_LIB_DTB_H
#define TESTS_HOST_LIB_DTB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/dt.h"

/** A tree in a heap block of exactly its size, so that AddressSanitizer sees a read beyond it. */
struct dtb {
    const char *name;
    uint8_t *blob;
    size_t bytes;
};

enum { DTB_COUNT = 7 };

/** The compiled dts/ files, at build/tests/dtb/; ends the program with a message if one is missing.
 */
void dtb_load_all(struct dtb dtbs[DTB_COUNT]);
void dtb_free_all(struct dtb dtbs[DTB_COUNT]);
const struct dtb *dtb_named(const struct dtb dtbs[DTB_COUNT], const char *name);

/**
 * Ask the reader and libfdt everything about each node and property of a tree that libfdt accepts.
 * @return whether all answers are the same; prints the first one that is not
 */
bool dtb_agrees(const struct dt *dt, const void *blob);

#endif
