/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading an OIL file from the file system. Only regular files: a device or a pipe may have no end.
 */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "file.h"

static const char *read_open_file(struct arena *arena, FILE *stream, struct file_text *file)
{
    struct stat status;
    char *text;

    if (fstat(fileno(stream), &status) != 0) {
        return strerror(errno);
    }
    if (!S_ISREG(status.st_mode)) {
        return "not a file that can be read as a whole";
    }
    if (status.st_size > FILE_LIMIT_BYTES) {
        return "longer than 16 MiB";
    }
    text = arena_alloc(arena, (size_t)status.st_size + 1);
    file->length = fread(text, 1, (size_t)status.st_size, stream);
    file->text = text;
    return ferror(stream) ? strerror(errno) : NULL;
}

const char *file_read(struct arena *arena, const char *path, struct file_text *file)
{
    FILE *stream = fopen(path, "rb");
    const char *problem;

    *file = (struct file_text){.missing = !stream && errno == ENOENT};
    if (!stream) {
        return strerror(errno);
    }
    problem = read_open_file(arena, stream, file);
    fclose(stream);
    return problem;
}
