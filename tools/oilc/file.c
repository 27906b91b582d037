/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading an OIL file from the file system. Only regular files: a device or a pipe may have no end,
 * and even opening a pipe may wait for ever.
 */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"

static const char *read_all(struct arena *arena, int descriptor, struct file_text *file)
{
    struct stat status;
    char *text;
    ssize_t got;

    if (fstat(descriptor, &status) != 0) {
        return strerror(errno);
    }
    if (!S_ISREG(status.st_mode)) {
        return "not a file that can be read as a whole";
    }
    if (status.st_size > FILE_LIMIT_BYTES) {
        return "longer than 16 MiB";
    }
    text = arena_alloc(arena, (size_t)status.st_size + 1);
    file->text = text;
    do {
        got = read(descriptor, text + file->length, (size_t)status.st_size - file->length);
        file->length += got > 0 ? (size_t)got : 0;
    } while (got > 0);
    return got < 0 ? strerror(errno) : NULL;
}

const char *file_read(struct arena *arena, const char *path, struct file_text *file)
{
    const int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    const char *problem;

    *file = (struct file_text){.missing = descriptor < 0 && errno == ENOENT};
    if (descriptor < 0) {
        return strerror(errno);
    }
    problem = read_all(arena, descriptor, file);
    close(descriptor);
    return problem;
}
