/* SPDX-License-Identifier: Apache-2.0
 *
 * A watch and a read: see words.h.
 */
#include "tests/system/apps/life/words.h"

#include <stddef.h>
#include <string.h>

#include "drivers/console/console.h"
#include "drivers/xen/xenstore.h"

#define PATH "data/word"

static void look(struct xs_watch *watch, const char *path);

static struct xs_watch watch = {.path = PATH, .fired = look};
static struct xs_request watch_req;
static struct xs_request read_req;
static const struct word *known;
static char text[32];

static void read_done(struct xs_request *req)
{
    for (const struct word *word = known; req->status == 0 && word->word != NULL; word++) {
        if (strcmp(word->word, text) == 0)
            word->run();
    }
}

static void look(struct xs_watch *fired, const char *path)
{
    (void)fired;
    (void)path;
    (void)xs_read(&read_req, PATH, text, sizeof(text), read_done);
}

static void watched(struct xs_request *req)
{
    printk("words: watch set, status %d\n", req->status);
}

void words_start(const struct word *words)
{
    known = words;
    (void)xs_watch(&watch_req, &watch, watched);
}
