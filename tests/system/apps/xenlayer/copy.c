/* SPDX-License-Identifier: Apache-2.0
 *
 * Sixteen requests at once: see copy.h.
 */
#include "tests/system/apps/xenlayer/copy.h"

#include "drivers/console/console.h"
#include "drivers/xen/xenstore.h"

#define COPIES    16u
#define VALUE_MAX 2048u /* the most that xenstored takes from a guest */

#define COPY(letter)                                                                               \
    {                                                                                              \
        .from = "data/in/" letter, .to = "data/out/" letter                                        \
    }

static struct copy {
    const char *from;
    const char *to;
    struct xs_request req;
} copies[COPIES] = {
    COPY("a"), COPY("b"), COPY("c"), COPY("d"), COPY("e"), COPY("f"), COPY("g"), COPY("h"),
    COPY("i"), COPY("j"), COPY("k"), COPY("l"), COPY("m"), COPY("n"), COPY("o"), COPY("p"),
};

static char values[COPIES][VALUE_MAX];

static void written(struct xs_request *req)
{
    const struct copy *copy = req->context;

    if (req->status != 0)
        printk("copy: write of %s ended with %d\n", copy->to, req->status);
}

static void read_done(struct xs_request *req)
{
    const struct copy *copy = req->context;

    if (req->status != 0)
        printk("copy: read of %s ended with %d\n", copy->from, req->status);
    else
        (void)xs_write(req, copy->to, values[copy - copies], req->len, written);
}

void copy_start(void)
{
    unsigned int under_way = 0;

    for (unsigned int i = 0; i < COPIES; i++) {
        struct copy *copy = &copies[i];

        copy->req.context = copy;
        under_way += xs_read(&copy->req, copy->from, values[i], VALUE_MAX, read_done) == 0;
    }
    printk("copy: %u reads under way\n", under_way);
}
