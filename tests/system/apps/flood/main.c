/* SPDX-License-Identifier: Apache-2.0
 *
 * A guest that is flooded with events while a task runs each millisecond. Who floods it, and reads
 * from the shared page (flood.h) what came of it, is tests/system/dom0/flood.c.
 */
#include "tests/system/apps/flood/flood.h"

#include <stdbool.h>

#include <arch/mem.h>

#include "drivers/console/console.h"
#include "drivers/xen/evtchn.h"
#include "drivers/xen/gnttab.h"
#include "kernel/arch.h"
#include "kernel/os.h"

#define TICKS_PER_S 1000u

static struct flood_page page __attribute__((aligned(PAGE_SIZE)));

static const unsigned int names[FLOOD_PORTS] = {EVTCHN_PORT0, EVTCHN_PORT1, EVTCHN_PORT2,
                                                EVTCHN_PORT3};

static uint32_t get(const uint32_t *word)
{
    return __atomic_load_n(word, __ATOMIC_ACQUIRE);
}

static void put(uint32_t *word, uint32_t value)
{
    __atomic_store_n(word, value, __ATOMIC_RELEASE);
}

/* ---- was the machine there? ---- */

/* In a storm somebody looks at the clock all the time: a handler, or else the watching task. The
 * machine is away while nobody looks for a 32nd of a tick, or while the timer's interrupt is due
 * and does not come to a CPU that waits for it: an emulator on a busy computer has both. */
static struct {
    bool watching;
    bool is_owed;  /* the timer's interrupt, at the last look */
    uint64_t tick; /* in counts, like the others */
    uint64_t last;
    uint64_t away;     /* since the alarm's task last ran */
    uint64_t away_all; /* in storms */
} clock;

/* CNTV_CTL and CNTV_CVAL, ARM ARM B4.1. The bit ISTATUS would say the same, but QEMU sets it only
 * together with the interrupt. */
static bool is_interrupt_owed(uint64_t now)
{
    const uint32_t enable = 1;
    const uint32_t imask = 2;
    uint32_t control;
    uint64_t due;

    __asm__ volatile("mrc p15, 0, %0, c14, c3, 1" : "=r"(control));
    __asm__ volatile("mrrc p15, 3, %Q0, %R0, c14" : "=r"(due));
    return (control & (enable | imask)) == enable && now >= due;
}

static void look(void)
{
    uint64_t gap;

    SuspendAllInterrupts();
    gap = arch_timer_count() - clock.last;
    clock.last += gap;
    if (gap >= clock.tick / 32 || clock.is_owed) {
        clock.away += gap;
        clock.away_all += clock.watching ? gap : 0;
    }
    clock.is_owed = is_interrupt_owed(clock.last);
    ResumeAllInterrupts();
}

/* ---- the alarm ---- */

static uint32_t refused; /* expiries that found TickTask busy */

void ErrorHook(StatusType Error)
{
    if (Error == E_OS_LIMIT)
        refused++;
}

/* Expiries that did not become a run of TickTask. */
static uint32_t missed(void)
{
    return refused + OSAlarmLostCount(Tick);
}

/* As many expiries as the counter has ticks, but for a constant: exactly so, unless one is due at
 * this moment. */
static void check_count(void)
{
    static bool known;
    static uint32_t ahead;
    TickType before = 0;
    TickType after = 0;
    TickType left = 0;
    uint32_t now_ahead;

    SuspendAllInterrupts();
    (void)GetCounterValue(SystemCounter, &before);
    (void)GetAlarm(Tick, &left);
    (void)GetCounterValue(SystemCounter, &after);
    now_ahead = before + left - page.alarm_runs - missed();
    ResumeAllInterrupts();
    put(&page.ticks, after);
    if (before != after || left == 0)
        return;
    if (known && now_ahead != ahead)
        put(&page.alarm_wrong, page.alarm_wrong + 1);
    ahead = now_ahead;
    known = true;
}

/* What was missed since the last run must have had no time. Half a tick is for the handlers, and
 * the time before the last run counts, too: the machine may have been away during that run. */
static void check_missed(void)
{
    static uint32_t missed_before;
    static uint64_t away_before;
    const uint32_t count = missed() - missed_before;

    look(); /* after counting: what is missed in between counts next time, with this time away */
    if (clock.watching) {
        put(&page.alarm_missed, page.alarm_missed + count);
        if (count * clock.tick > clock.away + away_before + clock.tick / 2)
            put(&page.alarm_no_excuse, page.alarm_no_excuse + count);
    }
    missed_before += count;
    away_before = clock.away;
    clock.away = 0;
}

TASK(TickTask)
{
    put(&page.alarm_runs, page.alarm_runs + 1);
    check_count();
    check_missed();
    TerminateTask();
}

/* ---- the storm ---- */

static uint32_t throttled(void)
{
    struct evtchn_stats stats;
    uint32_t sum = 0;

    for (unsigned int i = 0; i < FLOOD_PORTS; i++)
        sum += evtchn_stats(names[i], &stats) ? stats.throttled : 0;
    return sum;
}

/* Its end is dom0's to say. */
TASK(WatchTask)
{
    while (get(&page.phase) == FLOOD_STORM)
        look();
    clock.watching = false;
    page.ticks_away = (uint32_t)(clock.away_all / clock.tick);
    page.throttled = throttled();
    put(&page.storms, page.storms + 1);
    TerminateTask();
}

static void watch(void)
{
    if (clock.watching) {
        look();
        return;
    }
    clock.watching = true;
    put(&page.storms, page.storms + 1);
    (void)ActivateTask(WatchTask);
}

static void note(unsigned int port)
{
    const uint32_t number = get(&page.sent[port]);

    if ((int32_t)(number - page.seen[port]) < 0)
        put(&page.backwards[port], page.backwards[port] + 1);
    put(&page.runs[port], page.runs[port] + 1);
    put(&page.seen[port], number);
}

static void handle(unsigned int port)
{
    const uint32_t phase = get(&page.phase);

    if (phase == FLOOD_STORM)
        watch();
    note(port);
    if (phase == FLOOD_ASK)
        (void)evtchn_send(names[port]);
}

ISR(Port0)
{
    handle(0);
}

ISR(Port1)
{
    handle(1);
}

ISR(Port2)
{
    handle(2);
}

ISR(Port3)
{
    handle(3);
}

TASK(StormTask)
{
    evtchn_pass();
    TerminateTask();
}

/* The flooder's arguments. */
static void offer(void)
{
    printk("flood: %d", gnttab_grant(0, &page, false));
    for (unsigned int i = 0; i < FLOOD_PORTS; i++) {
        const int port = evtchn_alloc_unbound(0);
        const int err = port < 0 ? port : evtchn_bind(names[i], (uint32_t)port);

        printk(" %d", err != 0 ? err : port);
    }
    printk(" end\n");
}

int main(void);
int main(void)
{
    clock.tick = arch_timer_hz() / TICKS_PER_S;
    offer();
    StartOS(OSDEFAULTAPPMODE);
}
