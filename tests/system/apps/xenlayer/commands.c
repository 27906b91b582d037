/* SPDX-License-Identifier: Apache-2.0
 *
 * What dom0 can make this guest do: see commands.h.
 */
#include "tests/system/apps/xenlayer/commands.h"

#include <string.h>

#include "drivers/console/console.h"
#include "drivers/xen/xenstore.h"
#include "kernel/os.h"
#include "tests/system/apps/xenlayer/copy.h"
#include "tests/system/apps/xenlayer/hurry.h"

#define POKE        "data/poke"
#define ECHO        "data/echo"
#define WORD_BYTES  64u
#define LINES       300u
#define ANY_FAILURE 7u /* not E_OK: the domain ends as a crash */

static void typed(const char *text, size_t len);
static void look(struct xs_watch *watch, const char *path);

/* ---- the words ---- */

/* More than the console's rings hold. */
static void print_lines(void)
{
    for (unsigned int i = 1; i <= LINES; i++)
        printk("line %u of %u, with text behind it\n", i, LINES);
}

static void print_stats(void)
{
    static unsigned int times;
    const struct xs_stats *stats = xs_stats();

    printk("stats %u: sent %u, answered %u, timed out %u, strays %u, fired %u\n", ++times,
           stats->sent, stats->answered, stats->timed_out, stats->strays, stats->fired);
}

static void listen(void)
{
    console_on_input(typed);
}

static void stop_listening(void)
{
    console_on_input(NULL);
}

static void crash(void)
{
    ShutdownOS(ANY_FAILURE);
}

static const struct command {
    const char *word;
    void (*run)(void);
} commands[] = {
    {"print", print_lines},       {"stats", print_stats}, {"listen", listen},
    {"unlisten", stop_listening}, {"copy", copy_start},   {"hurry-read", hurry_read},
    {"hurry-write", hurry_write}, {"crash", crash},
};

static void obey(const char *word)
{
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
        if (strcmp(word, commands[i].word) == 0)
            commands[i].run();
    }
}

/* ---- from the console ---- */

static void typed(const char *text, size_t len)
{
    static char word[WORD_BYTES];
    static size_t word_len;

    for (size_t i = 0; i < len; i++) {
        if (text[i] == '\r' || text[i] == '\n') {
            word[word_len] = 0;
            word_len = 0;
            obey(word);
        } else if (word_len < WORD_BYTES - 1) {
            word[word_len++] = text[i];
        }
    }
}

/* ---- from the store: one request after another, so that the last value is the last echo ---- */

static struct {
    struct xs_request watch_req;
    struct xs_watch watch;
    struct xs_request req; /* reads the word, then writes the echo */
    char word[WORD_BYTES];
    bool again; /* the node changed meanwhile */
} poke = {.watch = {.path = POKE, .fired = look}};

static void rest(void)
{
    if (poke.again)
        look(&poke.watch, POKE);
}

static void echoed(struct xs_request *req)
{
    if (req->status != 0)
        printk("poke: cannot write " ECHO " (%d)\n", req->status);
    rest();
}

static void read_done(struct xs_request *req)
{
    if (req->status == 0) {
        obey(poke.word);
        (void)xs_write(req, ECHO, poke.word, req->len, echoed);
        return;
    }
    printk("poke: no word (%d)\n", req->status);
    rest();
}

static void look(struct xs_watch *watch, const char *path)
{
    (void)watch;
    (void)path;
    poke.again = xs_is_busy(&poke.req);
    if (!poke.again)
        (void)xs_read(&poke.req, POKE, poke.word, sizeof(poke.word), read_done);
}

static void watched(struct xs_request *req)
{
    printk("poke: watch set, status %d\n", req->status);
}

void commands_start(void)
{
    const int rc = xs_watch(&poke.watch_req, &poke.watch, watched);

    if (rc != 0)
        printk("poke: cannot watch (%d)\n", rc);
}
