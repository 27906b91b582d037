/* SPDX-License-Identifier: Apache-2.0
 *
 * Thumb code is stopped inside IT blocks, where the state register says which of the next instructions count: an
 * interrupt, and a task that runs above, must both bring that back.
 */
#include "drivers/console/console.h"
#include "kernel/os.h"

#define TURNS 3000000u

static volatile unsigned int preemptions;

ALARMCALLBACK(Timer)
{
    ActivateTask(High);
}

ISR(Low)
{
}

TASK(High)
{
    preemptions++;
    TerminateTask();
}

static void count(uint32_t turns, uint32_t *yes, uint32_t *no)
{
    uint32_t taken = 0;
    uint32_t left = 0;

    __asm__ volatile("1: cmp     %2, %2\n"
                     "   itttt   eq\n"
                     "   addeq.w %0, %0, #1\n"
                     "   addeq.w %0, %0, #1\n"
                     "   addeq.w %0, %0, #1\n"
                     "   addeq.w %0, %0, #1\n"
                     "   itttt   ne\n"
                     "   addne.w %1, %1, #1\n"
                     "   addne.w %1, %1, #1\n"
                     "   addne.w %1, %1, #1\n"
                     "   addne.w %1, %1, #1\n"
                     "   subs    %2, %2, #1\n"
                     "   bne     1b"
                     : "+l"(taken), "+l"(left), "+l"(turns)
                     :
                     : "cc");
    *yes = taken;
    *no = left;
}

TASK(Main)
{
    uint32_t yes;
    uint32_t no;

    SetRelAlarm(Soon, 1, 1);
    count(TURNS, &yes, &no);
    CancelAlarm(Soon);
    printk("yes %u, no %u, preempted: %s\n", yes, no, preemptions > 20 ? "often" : "too seldom");
    ShutdownOS(E_OK);
}
