/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading an OIL file. Apart, so that a fuzzer can put texts in the place of files.
 */
#ifndef OILC_FILE_H
#define OILC_FILE_H

#include "oilc.h"

enum { FILE_LIMIT_BYTES = 16 * 1024 * 1024 };

/** All of a regular file. @return NULL: it was read; else why not, in a few words */
struct file_text {
    const char *text;
    size_t length;
    bool missing; /* there is no such file */
};
const char *file_read(struct arena *arena, const char *path, struct file_text *file);

#endif
