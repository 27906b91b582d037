/* SPDX-License-Identifier: Apache-2.0
 *
 * Users of floating point preempt each other at any instruction, and each must find all bits of its registers as it
 * left them. The bits are compared here, in code that has no floating point. "stray-..." on the domain's command line
 * makes somebody use it who has not asked for it.
 */
#include <stddef.h>
#include <string.h>

#include <arch/irq.h>
#include <arch/machine.h>

#include "drivers/console/console.h"
#include "drivers/xen/evtchn.h"
#include "drivers/xen/xen.h"
#include "float.h"
#include "kernel/arch.h"
#include "kernel/os.h"
#include "tests/target/devices/phystimer.h"

#define INTERRUPTS 100000u
#define STATUS_MASK                                                                                \
    0xffc0009fu /* FPSCR: flags, QC, AHP, DN, FZ, rounding mode, and what accumulates */
#define DOMID_OURSELVES 0x7ff0u /* xen/xen.h: DOMID_SELF */
#define TERMS           50u
#define ISR1_LINE       40u /* an interrupt that no device makes */

/* Turns of a loop: seconds, because QEMU's timer thread may have to wait on a busy machine. */
#define PATIENCE 1000000000u

struct user {
    struct floats mine;
    struct floats found;
    uint32_t random;
    uint32_t checks;
};

static struct user low, middle, high, handler, event;
static volatile unsigned int interrupts;
static unsigned int wrong_registers;
static unsigned int wrong_status;
static unsigned int wrong_at_start;
static unsigned int wrong_sums;
static uint64_t sum_alone;
static bool hook_strays;
static bool has_event; /* under Xen */

static uint32_t next(struct user *user)
{
    user->random = user->random * 1664525u + 1013904223u;
    return user->random;
}

/* New values in all registers; the rounding mode is another one, too. */
static void load(struct user *user)
{
    for (unsigned int i = 0; i < 32; i++) {
        user->mine.d[i] = (uint64_t)next(user) << 32 | next(user);
    }
    user->mine.status = next(user) & STATUS_MASK;
    float_load(&user->mine);
}

static void check(struct user *user)
{
    float_store(&user->found);
    wrong_registers += memcmp(user->mine.d, user->found.d, sizeof(user->mine.d)) != 0;
    wrong_status += user->mine.status != (user->found.status & STATUS_MASK);
    user->checks++;
}

/* Whoever starts finds the status register as a program does (AAPCS 6.1.2.1). */
static void check_start(struct user *user)
{
    float_store(&user->found);
    wrong_at_start += user->found.status != 0;
}

static bool is_asked_for(const char *what)
{
    return strcmp(machine_args(), what) == 0;
}

ISR(Floats)
{
    phystimer_quiet();
    check_start(&handler);
    load(&handler);
    interrupts++;
    ActivateTask(interrupts % 3 == 0 ? Plain
                                     : Middle); /* refused if it is Middle that was interrupted */
    if (interrupts % 2 == 0) {
        SetEvent(High, Go);
    }
    check(&handler);
}

/* The interrupt of all event channels keeps the registers as another one does. */
ISR(FloatEvent)
{
    check_start(&event);
    load(&event);
    check(&event);
}

/* Be interrupted soon. @return false: the interrupt did not come */
static bool wait_for_interrupt(uint32_t counts)
{
    const unsigned int before = interrupts;

    phystimer_fire_in(counts);
    for (unsigned int turn = 0; turn < PATIENCE && interrupts == before; turn++) {
    }
    return interrupts != before;
}

TASK(Middle)
{
    check_start(&middle);
    load(&middle);
    if (interrupts % 5 == 0) {
        wait_for_interrupt(interrupts % 83);
    }
    SetEvent(High, Go);
    check(&middle);
    TerminateTask();
}

TASK(High)
{
    check_start(&high);
    for (;;) {
        load(&high);
        WaitEvent(Go);
        ClearEvent(Go);
        check(&high);
        if (interrupts % 7 == 0) {
            load(&high);
            wait_for_interrupt(interrupts % 79);
            check(&high);
        }
    }
}

static void stray_isr1(void)
{
    float_stray();
}

/* An interrupt of category 1 while this task's values are in the registers. */
static void interrupt_by_isr1(void)
{
    static const struct os_isr isr = {.handler = stray_isr1, .level = 1};

    if (irq_bind(ISR1_LINE, &isr, IRQ_ISR1) == 0) {
        irq_pend(ISR1_LINE);
    }
}

/* In a task that has floating point. */
static void go_astray(void)
{
    load(&low);
    if (is_asked_for("stray-isr1")) {
        interrupt_by_isr1();
    }
    if (is_asked_for("stray-hook")) {
        hook_strays = true;
    }
    if (is_asked_for("unknown")) {
        float_unknown();
    }
}

static void hook(void)
{
    if (hook_strays) {
        float_stray();
    }
}

void PreTaskHook(void)
{
    hook();
}

void PostTaskHook(void)
{
    hook();
}

static void print_result(void)
{
    printk("interrupts %u: %s\n", interrupts,
           interrupts >= INTERRUPTS ? "all" : "one did not come");
    printk("checks: low %u, middle %u, high %u, handler %u, event %u\n", low.checks, middle.checks,
           high.checks, handler.checks, event.checks);
    printk("wrong: registers %u, status %u, status at the start %u, sums %u\n", wrong_registers,
           wrong_status, wrong_at_start, wrong_sums);
}

/* The interrupt comes while this task holds its values, and while it computes. */
TASK(Low)
{
    bool came = true;

    check_start(&low);
    sum_alone = float_sum(TERMS);
    go_astray();
    for (uint32_t i = 0; came && interrupts < INTERRUPTS; i++) {
        load(&low);
        came = wait_for_interrupt(i % 89);
        if (has_event && i % 16 == 0) {
            evtchn_raise(EVTCHN_FLOATEVENT);
        }
        check(&low);
        if (i % 4 == 0) {
            phystimer_fire_in(i % 997);
            wrong_sums += float_sum(TERMS) != sum_alone;
            phystimer_quiet();
        }
    }
    print_result();
    ShutdownOS(E_OK);
}

TASK(Plain)
{
    if (is_asked_for("stray-task")) {
        float_stray();
    }
    TerminateTask();
}

ALARMCALLBACK(NoFloat)
{
    float_stray();
}

TASK(Main)
{
    if (is_asked_for("stray-task")) {
        ActivateTask(Plain);
    }
    if (is_asked_for("stray-isr")) {
        SetRelAlarm(Soon, 2, 0);
    }
    ActivateTask(Low);
    TerminateTask();
}

int main(void);
int main(void)
{
    if (xen_is_present()) {
        const int port = evtchn_alloc_unbound(DOMID_OURSELVES);

        has_event = port > 0 && evtchn_bind(EVTCHN_FLOATEVENT, (uint32_t)port) == 0;
    }
    StartOS(OSDEFAULTAPPMODE);
}
