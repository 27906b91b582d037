/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows that begin with an interrupt. It is made pending while interrupts are masked, and let through by the first
 * instruction of what is measured: so neither Xen's part, which makes it pending, nor a device is in the figure.
 */
#include <arch/irq.h>

#include "bench/common/measure.h"
#include "kernel/arch.h"
#include "drivers/xen/evtchn.h"
#include "drivers/xen/xen.h"
#include "kernel/cfg.h"
#include "kernel/os.h"
#include "rows.h"

#define DOMID_OURSELVES 0x7ff0u /* xen/xen.h: DOMID_SELF */

enum line { LINE_NOTHING = 20, LINE_BODY, LINE_ACTIVATES_AFTER, LINE_ACTIVATES_EMPTY };

static struct measure to_body = {.name = "interrupt, to the first instruction of an ISR2"};
static struct measure empty_isr = {.name = "interrupt, empty ISR2, back"};
static struct measure to_task = {.name =
                                     "interrupt, ISR2 activates a task, to its first instruction"};
static struct measure whole = {.name = "interrupt, ISR2 activates a task, it ends, back"};
static struct measure upcall = {.name = "event channel, to the first instruction of its ISR2"};

ISR(NothingToDo)
{
}

ISR(Body)
{
    measure_end();
    measure_keep(&to_body);
}

ISR(ActivatesAfter)
{
    ActivateTask(AfterInterrupt);
}

TASK(AfterInterrupt)
{
    measure_end();
    measure_keep(&to_task);
    TerminateTask();
}

ISR(ActivatesEmpty)
{
    ActivateTask(Empty);
}

ISR(Event)
{
    measure_end();
    measure_keep(&upcall);
}

static void measure_events(void)
{
    const bool has_event = xen_is_present() && evtchn_open(EVTCHN_BENCH, DOMID_OURSELVES) > 0;

    for (unsigned int i = 0; has_event && i < MEASURE_ROUNDS; i++) {
        arch_irq_disable();
        evtchn_raise(EVTCHN_BENCH);
        measure_begin();
        arch_irq_enable();
    }
}

void rows_interrupts(void)
{
    for (unsigned int i = 0; i < MEASURE_ROUNDS; i++) {
        arch_irq_disable();
        irq_pend(LINE_NOTHING);
        measure_begin();
        arch_irq_enable();
        measure_end();
        measure_keep(&empty_isr);

        arch_irq_disable();
        irq_pend(LINE_BODY);
        measure_begin();
        arch_irq_enable();

        arch_irq_disable();
        irq_pend(LINE_ACTIVATES_AFTER);
        measure_begin();
        arch_irq_enable();

        arch_irq_disable();
        irq_pend(LINE_ACTIVATES_EMPTY);
        measure_begin();
        arch_irq_enable();
        measure_end();
        measure_keep(&whole);
    }
    measure_events();
    measure_print(&to_body);
    measure_print(&empty_isr);
    measure_print(&to_task);
    measure_print(&whole);
    measure_print(&upcall);
}
