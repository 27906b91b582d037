/* SPDX-License-Identifier: Apache-2.0
 *
 * Requests one after another: see steps.h.
 */
#include "tests/system/apps/xenlayer/steps.h"

#include <errno.h>
#include <string.h>

#include "drivers/console/console.h"
#include "drivers/xen/xenstore.h"
#include "tests/system/apps/xenlayer/commands.h"

#define LONG_BYTES  2000u /* more than a ring: goes, and comes, in pieces */
#define SHOWN_BYTES 40u
#define HOME        "data/steps/"

enum operation { READ, LS, WRITE, MKDIR, RM };

static const char *const names[] = {"read", "ls", "write", "mkdir", "rm"};

struct step {
    enum operation op;
    const char *path;
    const char *value; /* to write */
    size_t len;        /* of the value */
    size_t size;       /* to read into; 0: room for all */
};

static struct xs_request req;
static char answer[LONG_BYTES + 48];
static char long_value[LONG_BYTES];
static unsigned int at; /* index into steps[] */

/* What each must answer: STEPS in test_xenlayer.py. */
static const struct step steps[] = {
    {.op = READ, .path = "name"},
    {.op = WRITE, .path = HOME "text", .value = "hello, dom0", .len = 11},
    {.op = READ, .path = HOME "text"},
    {.op = READ, .path = HOME "text", .size = 6},
    {.op = WRITE, .path = HOME "empty", .value = "", .len = 0},
    {.op = READ, .path = HOME "empty"},
    {.op = WRITE, .path = HOME "long", .value = long_value, .len = LONG_BYTES},
    {.op = READ, .path = HOME "long"},
    {.op = WRITE, .path = HOME "copy", .value = answer, .len = LONG_BYTES},
    {.op = MKDIR, .path = HOME "folder"},
    {.op = MKDIR, .path = HOME "folder"},
    {.op = WRITE, .path = HOME "gone/below", .value = "x", .len = 1},
    {.op = RM, .path = HOME "gone"},
    {.op = READ, .path = HOME "gone/below"},
    {.op = LS, .path = "data/steps"},
    {.op = LS, .path = HOME "folder"},
    {.op = RM, .path = "data/none/below"},
    {.op = WRITE, .path = "/local/domain/0/name", .value = "mine", .len = 4},
    {.op = READ, .path = "data/no such path"},
};

/* The buffer's beginning; `ls` has a NUL behind each name. */
static void print_answer(size_t len)
{
    for (size_t i = 0; i < len && i < SHOWN_BYTES; i++)
        printk("%c", answer[i] != 0 ? answer[i] : ',');
}

static void report(const struct step *step)
{
    size_t len = step->op == READ ? strlen(answer) : step->op == LS ? req.len : 0;

    printk("step %u: %s %s: status %d, length %u '", at, names[step->op], step->path, req.status,
           (unsigned int)req.len);
    print_answer(req.status == 0 || req.status == -EOVERFLOW ? len : 0);
    printk("'\n");
}

static void ended(struct xs_request *request);

static int start(const struct step *step)
{
    switch (step->op) {
    case READ:
        return xs_read(&req, step->path, answer, step->size != 0 ? step->size : sizeof(answer),
                       ended);
    case LS:
        return xs_ls(&req, step->path, answer, sizeof(answer), ended);
    case WRITE:
        return xs_write(&req, step->path, step->value, step->len, ended);
    case MKDIR:
        return xs_mkdir(&req, step->path, ended);
    case RM:
    default:
        return xs_rm(&req, step->path, ended);
    }
}

static void ended(struct xs_request *request)
{
    (void)request;
    report(&steps[at]);
    at++;
    if (at == sizeof(steps) / sizeof(steps[0]))
        commands_start();
    else if (start(&steps[at]) != 0)
        printk("step %u: not even started (%d)\n", at, req.status);
}

void steps_start(void)
{
    for (unsigned int i = 0; i < LONG_BYTES; i++)
        long_value[i] = (char)('a' + i % 23);
    if (start(&steps[at]) != 0)
        printk("step %u: not even started (%d)\n", at, req.status);
}
