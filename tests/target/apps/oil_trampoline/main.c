/* SPDX-License-Identifier: Apache-2.0
 *
 * In the way of Trampoline's examples: an alarm activates a task, which sets an event of another one.
 */
#include "os.h"

#include "drivers/console/console.h"

#define BLINKS 3

DeclareTask(logger);
DeclareEvent(print_it);

static unsigned int count;

TASK(blink)
{
    count++;
    SetEvent(logger, print_it);
    if (count == BLINKS)
        ShutdownOS(E_OK);
    TerminateTask();
}

TASK(logger)
{
    for (;;) {
        WaitEvent(print_it);
        ClearEvent(print_it);
        printk("blink %u\n", count);
    }
}

int main(void)
{
    StartOS(stdAppmode);
    return 0;
}
