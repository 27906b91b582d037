/* SPDX-License-Identifier: Apache-2.0
 *
 * A guest whose tasks use xenstore. dom0 writes "NUMBER COMMAND" into data/do; the task Worker does
 * it, waiting for its answers by an event, and writes "NUMBER RESULT" into data/done.
 */
#include <string.h>

#include "drivers/console/console.h"
#include "drivers/xen/evtchn.h"
#include "drivers/xen/xenstore.h"
#include "kernel/os.h"
#include "tests/system/apps/storetasks/deeds.h"
#include "tests/system/apps/storetasks/waiting.h"

#define COMMAND_BYTES 120u

static struct xs_request req = {.task = Worker, .event = StoreEvent};

TASK(StormTask)
{
    evtchn_pass();
    TerminateTask();
}

void ErrorHook(StatusType error)
{
    printk("storetasks: error %u of an OS service\n", error);
}

static void fired(struct xs_watch *watch, const char *path)
{
    (void)watch;
    (void)path;
    (void)SetEvent(Worker, CommandEvent);
}

/* A watch also fires when nothing is new: a command is done once. */
static void look(void)
{
    static char last[COMMAND_BYTES];
    char command[COMMAND_BYTES];
    char result[RESULT_BYTES];
    char line[RESULT_BYTES + 12];
    const char *text = command;
    uint32_t id;

    if (wait_read(&req, "data/do", command, sizeof(command)) != 0 || strcmp(command, last) == 0)
        return;
    strcpy(last, command);
    id = number(&text);
    deeds_do(text, result);
    (void)wait_write(&req, "data/done", line, format(line, sizeof(line), "%u %s", id, result));
}

TASK(Worker)
{
    static struct xs_watch watch = {.path = "data/do", .fired = fired};

    (void)xs_watch(&req, &watch, xs_set_event);
    printk("worker: watch set, status %d\n", xs_wait_event(&req));
    for (;;) {
        (void)WaitEvent(CommandEvent);
        (void)ClearEvent(CommandEvent);
        look();
    }
}

int main(void);
int main(void)
{
    deeds_init();
    StartOS(OSDEFAULTAPPMODE);
}
