/* SPDX-License-Identifier: Apache-2.0
 *
 * 64 tasks of 64 priorities: they run highest first, whatever the order of their activations; a ceiling holds back those
 * up to it and no other; and a release sees who has become ready, at whatever instruction of it an interrupt comes.
 */
#include <stdatomic.h>

#include "drivers/console/console.h"
#include "kernel/arch.h"
#include "kernel/os.h"

#define ALL      64u
#define ROUNDS   500u      /* each interrupted one count of the timer later */
#define PATIENCE 50000000u /* turns of a loop: far more than an interrupt takes */

static unsigned int ran[2 * ALL];
static atomic_uint runs; /* of tasks, which preempt each other */
static volatile enum { HOLDS, RELEASES, RELEASED } step;
static volatile unsigned int interrupts;
static unsigned int
    between; /* of them those inside ReleaseResource() that came before the tasks which it lets run */

static void note(unsigned int prio)
{
    ran[runs++] = prio;
}

#define NOTES(n)                                                                                   \
    TASK(T##n)                                                                                     \
    {                                                                                              \
        note(n);                                                                                   \
        TerminateTask();                                                                           \
    }
#define EIGHT(a, b, c, d, e, f, g, h)                                                              \
    NOTES(a) NOTES(b) NOTES(c) NOTES(d) NOTES(e) NOTES(f) NOTES(g) NOTES(h)

EIGHT(2, 3, 4, 5, 6, 7, 8, 9)
EIGHT(10, 11, 12, 13, 14, 15, 16, 17)
EIGHT(18, 19, 21, 22, 23, 24, 25, 26)
EIGHT(27, 28, 29, 30, 31, 32, 33, 34)
EIGHT(35, 36, 37, 38, 39, 40, 41, 42)
EIGHT(43, 44, 45, 46, 47, 48, 49, 50)
EIGHT(51, 52, 53, 54, 55, 56, 57, 58)
NOTES(59)
NOTES(60)
NOTES(61)
NOTES(62)
NOTES(63)
NOTES(64)

/* Nobody up to T50 preempts it: its internal resource's ceiling. */
TASK(T20)
{
    note(20);
    ActivateTask(T50);
    ActivateTask(T51);
    note(20);
    TerminateTask();
}

static void print(const char *what)
{
    printk("%s:", what);
    for (unsigned int i = 0; i < runs; i++) {
        printk(" %u", ran[i]);
    }
    printk("\n");
    runs = 0;
}

/* All but Main, in an order that jumps from word to word. Ids are in the order of OIL: Main, T2, T3 ... */
static void activate_all(void)
{
    for (unsigned int i = 0; i < ALL - 1; i++) {
        ActivateTask((TaskType)(T2 + i * 37 % (ALL - 1)));
    }
}

static void run_in_order(void)
{
    GetResource(RES_SCHEDULER);
    activate_all();
    ReleaseResource(RES_SCHEDULER);
    print("all");
}

static void hold_back(void)
{
    GetResource(UpTo40);
    ActivateTask(T39);
    ActivateTask(T64);
    ActivateTask(T33);
    ActivateTask(T40);
    ActivateTask(T41);
    note(1);
    ReleaseResource(UpTo40);
    print("held back");
}

/* T35 and T10 wait for a release while Main holds its resource, and the interrupt activates T60 at any instruction of it.
 * T60's end, or the release, lets them run: whoever it is, they have run when the release is over. */
ISR(Interrupt)
{
    arch_timer_stop();
    interrupts++;
    between += step == RELEASES && runs == 0;
    ActivateTask(T60);
}

static bool is_seen(uint32_t counts)
{
    const unsigned int before = interrupts;
    unsigned int after;

    runs = 0;
    step = HOLDS;
    GetResource(UpTo40);
    ActivateTask(T35);
    ActivateTask(T10);
    step = RELEASES;
    SuspendAllInterrupts();
    arch_timer_arm(arch_timer_count() + counts);
    ResumeAllInterrupts();
    ReleaseResource(UpTo40);
    step = RELEASED;
    after = runs;
    for (unsigned int turn = 0; turn < PATIENCE && interrupts == before; turn++) {
    }
    return after >= 2 && runs == 3 && interrupts == before + 1;
}

static void interrupt_releases(void)
{
    unsigned int wrong = 0;

    for (uint32_t round = 0; round < ROUNDS; round++) {
        wrong += !is_seen(round);
    }
    runs = 0;
    printk("releases %u, interrupted between %u, wrong %u\n", ROUNDS, between, wrong);
}

TASK(Main)
{
    run_in_order();
    hold_back();
    ActivateTask(T20);
    print("internal");
    interrupt_releases();
    ShutdownOS(E_OK);
}
