/* SPDX-License-Identifier: Apache-2.0
 *
 * Tells what was typed, from the interrupt that brought it, and otherwise does nothing: no interrupt must come when
 * nothing is typed.
 */
#include "drivers/console/console.h"
#include "kernel/os.h"

static void typed(const char *text, size_t len)
{
    static unsigned int total;

    total += (unsigned int)len;
    printk("%s: %u bytes, the last is '%c'\n", OSMayWait() ? "task" : "interrupt", total,
           text[len - 1]);
}

TASK(Main)
{
    console_on_input(typed);
    printk("type something\n");
    TerminateTask();
}
