/* SPDX-License-Identifier: Apache-2.0
 *
 * Compiled code may be stopped between two pushes, where its stack pointer is no multiple of 8. What runs above it must
 * find one that is: a 64-bit argument in a variable list is looked for at an 8-byte boundary (AAPCS 6.4).
 */
#include "drivers/console/console.h"
#include "kernel/os.h"
#include "tests/target/devices/phystimer.h"

#define PATIENCE 50000000u /* turns of a loop: far more than the alarm's 2 ms */
#define WIDE     81985529216486895ull

static volatile uint32_t alarm_came;

ALARMCALLBACK(Timer)
{
    alarm_came = 1;
    printk("callback: %u %llu\n", 1u, WIDE);
    ActivateTask(High);
}

static void wait_on_odd_stack(void)
{
    uint32_t turns = PATIENCE;

    __asm__ volatile("sub   sp, sp, #4\n"
                     "1: ldr r3, [%1]\n"
                     "   cmp r3, #0\n"
                     "   bne 2f\n"
                     "   subs %0, %0, #1\n"
                     "   bne 1b\n"
                     "2: add sp, sp, #4"
                     : "+l"(turns)
                     : "l"(&alarm_came)
                     : "r3", "cc", "memory");
    alarm_came = 0;
}

ISR(Low)
{
    phystimer_quiet();
    SetRelAlarm(Soon, 2, 0);
    wait_on_odd_stack();
}

TASK(High)
{
    printk("task: %u %llu\n", 2u, WIDE);
    TerminateTask();
}

TASK(Main)
{
    phystimer_fire();
    SetRelAlarm(Soon, 2, 0);
    wait_on_odd_stack();
    ShutdownOS(E_OK);
}
