/* SPDX-License-Identifier: Apache-2.0
 *
 * What the operating system's services cost, in counts of the machine's timer. A measurement begins
 * in front of a call and ends where the program goes on because of it: behind the call, or at the
 * first statement of the task or handler that it starts.
 */
#include <stdbool.h>

#include "drivers/console/console.h"
#include "drivers/xen/evtchn.h"
#include "kernel/arch.h"
#include "kernel/os.h"

#define ROUNDS       1000u
#define TIMED_ROUNDS 100u /* of what has to wait for a tick */
#define DOMID_SELF   0x7ff0u

struct measure {
    const char *what;
    unsigned int count;
    uint32_t min, max;
    uint64_t sum;
};

static struct measure nothing = {.what = "begin and end of a measurement"};
static struct measure activate = {.what = "ActivateTask, to the higher task's start"};
static struct measure terminate = {.what = "TerminateTask, to the lower task"};
static struct measure set_event = {.what = "SetEvent, to the higher task behind WaitEvent"};
static struct measure wait_event = {.what = "WaitEvent, to the lower task"};
static struct measure get = {.what = "GetResource"};
static struct measure release = {.what = "ReleaseResource"};
static struct measure set_alarm = {.what = "SetRelAlarm"};
static struct measure cancel_alarm = {.what = "CancelAlarm"};
static struct measure alarm = {.what = "an alarm's due time, to its task's start"};
static struct measure raise = {.what = "evtchn_raise, through Xen, to the ISR2's start"};
static struct measure isr_task = {.what = "ActivateTask in an ISR2, its end, to the task's start"};

static bool has_interrupt; /* not without Xen */
static uint64_t started;
static volatile unsigned int ends; /* of those that happen elsewhere */

static inline void begin(void)
{
    started = arch_timer_count();
}

static inline void end(struct measure *measure)
{
    const uint32_t counts = (uint32_t)(arch_timer_count() - started);
    const uint32_t took = counts > nothing.min ? counts - nothing.min : 0;

    if (measure->count++ == 0 || took < measure->min) {
        measure->min = took;
    }
    if (took > measure->max) {
        measure->max = took;
    }
    measure->sum += took;
    ends++;
}

TASK(Above)
{
    end(&activate);
    begin();
    TerminateTask();
}

TASK(Waiter)
{
    for (;;) {
        begin();
        WaitEvent(Go);
        end(&set_event);
        ClearEvent(Go);
    }
}

TASK(OnAlarm)
{
    end(&alarm);
    TerminateTask();
}

ISR(Raised)
{
    end(&raise);
    begin();
    ActivateTask(OnInterrupt);
}

TASK(OnInterrupt)
{
    end(&isr_task);
    TerminateTask();
}

static void measure_nothing(void)
{
    struct measure cost = {.what = nothing.what};

    for (unsigned int i = 0; i < ROUNDS; i++) {
        begin();
        end(&cost);
    }
    nothing = cost;
}

static void measure_tasks(void)
{
    for (unsigned int i = 0; i < ROUNDS; i++) {
        begin();
        ActivateTask(Above);
        end(&terminate);
        begin();
        SetEvent(Waiter, Go);
        end(&wait_event);
    }
}

static void measure_sections(void)
{
    for (unsigned int i = 0; i < ROUNDS; i++) {
        begin();
        GetResource(Section);
        end(&get);
        begin();
        ReleaseResource(Section);
        end(&release);
    }
}

/* The moment at which the timer interrupts next. */
static uint64_t due_time(void)
{
    uint64_t compare;

    __asm__ volatile("mrrc p15, 3, %Q0, %R0, c14" : "=r"(compare)); /* CNTV_CVAL */
    return compare;
}

static void measure_alarms(void)
{
    for (unsigned int i = 0; i < ROUNDS; i++) {
        begin();
        SetRelAlarm(Soon, 1000, 0);
        end(&set_alarm);
        begin();
        CancelAlarm(Soon);
        end(&cancel_alarm);
    }
    for (unsigned int i = 0; i < TIMED_ROUNDS; i++) {
        const unsigned int before = ends;

        SetRelAlarm(Soon, 2, 0);
        started = due_time();
        while (ends == before) {
        }
    }
}

static void measure_interrupts(void)
{
    for (unsigned int i = 0; has_interrupt && i < ROUNDS; i++) {
        const unsigned int before = ends;

        begin();
        evtchn_raise(EVTCHN_BENCH);
        while (ends != before + 2) {
        }
    }
}

static void print(const struct measure *measure)
{
    if (measure->count == 0) {
        printk("%-54s needs Xen\n", measure->what);
        return;
    }
    printk("%-54s %6u %6u %6u\n", measure->what, measure->min,
           (unsigned int)(measure->sum / measure->count), measure->max);
}

TASK(Bench)
{
    measure_nothing();
    measure_tasks();
    measure_sections();
    measure_alarms();
    measure_interrupts();
    printk("Counts of a timer of %u Hz; the first line is subtracted from the others.\n",
           arch_timer_hz());
    printk("%-54s %6s %6s %6s\n", "", "min", "avg", "max");
    print(&nothing);
    print(&activate);
    print(&terminate);
    print(&set_event);
    print(&wait_event);
    print(&get);
    print(&release);
    print(&set_alarm);
    print(&cancel_alarm);
    print(&alarm);
    print(&raise);
    print(&isr_task);
    ShutdownOS(E_OK);
}

/* An event channel that leads from this domain to itself is an interrupt to be had at will. */
static bool bind_interrupt(void)
{
    return xen_is_present() && evtchn_open(EVTCHN_BENCH, DOMID_SELF) > 0;
}

int main(void)
{
    has_interrupt = bind_interrupt();
    StartOS(OSDEFAULTAPPMODE);
}
