/* SPDX-License-Identifier: Apache-2.0
 *
 * The six interrupt services (OSEK 13.3.2). Allowed in interrupts of category 1, so they touch no
 * other kernel state.
 */
#include "interrupt.h"
#include "error.h"

struct interrupt_state os_interrupt;

/* OSEK 13.3.2.2 */
void DisableAllInterrupts(void)
{
    const bool masked = arch_irq_was_masked(arch_irq_save());

    if (os_interrupt.disabled)
        return;
    os_interrupt.disabled = true;
    os_interrupt.masked_before = masked;
}

/* OSEK 13.3.2.1: what DisableAllInterrupts() found, for a category 1 interrupt has them masked. */
void EnableAllInterrupts(void)
{
    if (!os_interrupt.disabled)
        return;
    os_interrupt.disabled = false;
    if (!os_interrupt.masked_before)
        arch_irq_enable();
}

/* Apart, because compilers would else put it, as conditional instructions, into everybody's way: 4 of 9. */
static __attribute__((noinline)) void count_inner(void)
{
    os_interrupt.all_inner++;
}

/* OSEK 13.3.2.3. Only calls that find interrupts masked are counted: the Resume that finds none of
 * them left is the partner of the call that masked. A section that is not nested writes nothing. */
void SuspendAllInterrupts(void)
{
    if (arch_irq_was_masked(arch_irq_save()))
        count_inner();
    if (CFG_EXTENDED_STATUS)
        os_interrupt.all_depth++;
}

/* OSEK 13.3.2.4 */
void ResumeAllInterrupts(void)
{
    if (CFG_EXTENDED_STATUS) {
        if (os_interrupt.all_depth == 0)
            return;
        os_interrupt.all_depth--;
    }
    if (os_interrupt.all_inner != 0)
        os_interrupt.all_inner--;
    else
        arch_irq_enable();
}

/* OSEK 13.3.2.5. A category 1 interrupt may come between the steps, but it leaves the depth as it
 * was; one of category 2 cannot once it counts. */
void SuspendOSInterrupts(void)
{
    const arch_irq_t before = arch_os_irq_save();

    if (os_interrupt.os_depth == 0)
        os_interrupt.before_os = before;
    os_interrupt.os_depth++;
}

/* OSEK 13.3.2.6 */
void ResumeOSInterrupts(void)
{
    if (os_interrupt.os_depth == 0)
        return;
    if (--os_interrupt.os_depth == 0)
        arch_os_irq_restore(os_interrupt.before_os);
}

void interrupt_kept_by_isr(void)
{
    (void)error_report(E_OS_DISABLEDINT, OSServiceId_None, 0, 0, 0);
    interrupt_init();
}
