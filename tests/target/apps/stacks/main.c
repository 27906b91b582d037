/* SPDX-License-Identifier: Apache-2.0
 *
 * Uses its stacks to a known depth and tells what OSStackInfo() says of them; or, if the domain's command line names
 * one of them, goes too deep there.
 */
#include <stddef.h>
#include <string.h>

#include <arch/machine.h>

#include "drivers/console/console.h"
#include "kernel/os.h"
#include "tests/target/devices/phystimer.h"

/* Use `bytes` of the stack below here, down to the last one. */
static void dig(uint32_t bytes)
{
    __asm__ volatile("sub  r3, sp, %0\n\t"
                     "mov  r2, #0\n\t"
                     "strb r2, [r3]"
                     :
                     : "r"(bytes)
                     : "r2", "r3", "memory");
}

static bool is_asked_for(const char *what)
{
    return strcmp(machine_args(), what) == 0;
}

/* Deeper than any stack. */
static unsigned int overflow(unsigned int depth) // NOLINT(misc-no-recursion): that is the fault
{
    volatile unsigned int room[32];

    room[depth % 32] = depth;
    return depth == 100000 ? 0 : overflow(depth + 1) + room[depth % 32];
}

static void use(const char *name, uint32_t bytes)
{
    if (is_asked_for(name)) {
        printk("now: %s %u\n", name, overflow(0));
    }
    dig(bytes);
}

ISR(Handler)
{
    phystimer_quiet();
    use("interrupt", 2000);
}

TASK(Producer)
{
    use("Producer", 6000);
    WaitEvent(Go);
    ClearEvent(Go);
    TerminateTask();
}

TASK(Consumer)
{
    WaitEvent(Go);
    ClearEvent(Go);
    use("Consumer", 1000);
    TerminateTask();
}

TASK(Lonely)
{
    use("Lonely", 3000);
    TerminateTask();
}

static void print_stacks(void)
{
    OSStackInfoType info;

    for (unsigned int i = 0; OSStackInfo(i, &info) == E_OK; i++) {
        printk("stack %u: %u of %u bytes used: %s\n", i, info.used_bytes, info.size_bytes,
               info.name);
    }
}

TASK(Main)
{
    ActivateTask(Lonely);
    SetEvent(Consumer, Go);
    SetEvent(Producer, Go);
    phystimer_fire();
    use("shared", 5000);
    print_stacks(); /* printing needs some, too: only what is printed after it can be right */
    printk("again\n");
    print_stacks();
    printk("end\n");
    TerminateTask();
}
