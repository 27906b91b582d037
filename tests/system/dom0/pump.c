/* SPDX-License-Identifier: Apache-2.0
 *
 * A client of an echo in dom0: pump SOCKET BYTES
 *
 * Writes pseudo-random bytes into a Unix socket as fast as they go, reads as fast as they come, and
 * compares. Ends with status 0 if all came back unchanged, and says how long it took; with 1 at the
 * first byte that differs, at the end of the connection, and when nothing moves for 20 s.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define CHUNK    65536u
#define STALL_MS 20000

/* The same bytes on both ways. */
struct stream {
    uint32_t state;
    uint32_t words[CHUNK / 4];
    size_t at; /* byte in words[] */
    uint64_t done;
};

static _Noreturn void fail(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    fputs("pump: ", stdout);
    vprintf(format, args);
    putchar('\n');
    va_end(args);
    exit(1);
}

/* Marsaglia's xorshift. */
static void refill(struct stream *stream)
{
    uint32_t x = stream->state;

    for (size_t i = 0; i < CHUNK / 4; i++) {
        x ^= x << 13;
        x ^= x >> 17;
        x ^= x << 5;
        stream->words[i] = x;
    }
    stream->state = x;
    stream->at = 0;
}

static size_t least(uint64_t a, uint64_t b)
{
    return (size_t)(a < b ? a : b);
}

static uint8_t *next(struct stream *stream)
{
    if (stream->at == CHUNK)
        refill(stream);
    return (uint8_t *)stream->words + stream->at;
}

static void advance(struct stream *stream, size_t len)
{
    stream->at += len;
    stream->done += len;
}

static void write_some(int fd, struct stream *out, uint64_t total)
{
    const uint8_t *bytes = next(out);
    ssize_t len = write(fd, bytes, least(CHUNK - out->at, total - out->done));

    if (len < 0 && errno != EAGAIN)
        fail("write: %s", strerror(errno));
    if (len > 0)
        advance(out, (size_t)len);
}

static void compare(struct stream *in, const uint8_t *bytes, size_t len)
{
    while (len != 0) {
        const uint8_t *expected = next(in);
        size_t part = least(len, CHUNK - in->at);

        for (size_t i = 0; memcmp(bytes, expected, part) != 0 && i < part; i++) {
            if (bytes[i] != expected[i])
                fail("byte %llu is %02x and not %02x", (unsigned long long)(in->done + i), bytes[i],
                     expected[i]);
        }
        advance(in, part);
        bytes += part;
        len -= part;
    }
}

static void read_some(int fd, struct stream *in)
{
    static uint8_t bytes[CHUNK];
    ssize_t len = read(fd, bytes, sizeof(bytes));

    if (len < 0 && errno != EAGAIN)
        fail("read: %s", strerror(errno));
    if (len == 0)
        fail("the connection has ended after %llu bytes", (unsigned long long)in->done);
    if (len > 0)
        compare(in, bytes, (size_t)len);
}

static void pump(int fd, uint64_t total)
{
    static struct stream out = {.state = 2463534242u, .at = CHUNK};
    static struct stream in = {.state = 2463534242u, .at = CHUNK};

    while (in.done < total) {
        struct pollfd poller = {.fd = fd, .events = POLLIN};

        if (out.done < total)
            poller.events |= POLLOUT;
        if (poll(&poller, 1, STALL_MS) <= 0)
            fail("nothing moves; %llu bytes written, %llu read", (unsigned long long)out.done,
                 (unsigned long long)in.done);
        if ((poller.revents & POLLOUT) != 0)
            write_some(fd, &out, total);
        if ((poller.revents & (POLLIN | POLLHUP | POLLERR)) != 0)
            read_some(fd, &in);
    }
}

static int connect_to(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);

    strncpy(address.sun_path, path, sizeof(address.sun_path) - 1);
    if (fd < 0 || connect(fd, (const struct sockaddr *)&address, sizeof(address)) != 0)
        fail("%s: %s", path, strerror(errno));
    if (fcntl(fd, F_SETFL, O_NONBLOCK) != 0)
        fail("fcntl: %s", strerror(errno));
    return fd;
}

static double now_s(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    uint64_t total = argc == 3 ? strtoull(argv[2], NULL, 10) : 0;
    double begin;
    double seconds;

    if (total == 0)
        fail("usage: pump SOCKET BYTES");
    begin = now_s();
    pump(connect_to(argv[1]), total);
    seconds = now_s() - begin;
    printf("pump: %llu bytes came back unchanged in %.1f s, %.1f MB/s\n", (unsigned long long)total,
           seconds, (double)total / 1e6 / seconds);
    return 0;
}
