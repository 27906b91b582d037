/* SPDX-License-Identifier: Apache-2.0
 *
 * The virtual generic timer (ARM ARM B8): one absolute compare value, programmed for the next moment that anybody
 * wants and not otherwise, so there is no tick.
 */
#include "timer.h"

#include <errno.h>

#include <arch/irq.h>

#include "config.h"
#include "gic.h"
#include "kernel/cfg.h"

#define CNTV_CTL_ENABLE 1u
#define DT_VIRTUAL      2u /* /timer's interrupts: secure, non-secure, virtual, hypervisor */

static uint32_t frequency_hz;

static void set_control(uint32_t control)
{
    __asm__ volatile("mcr p15, 0, %0, c14, c3, 1\n\tisb" : : "r"(control)); /* CNTV_CTL */
}

void arch_timer_arm(uint64_t count)
{
    __asm__ volatile("mcrr p15, 3, %Q0, %R0, c14" : : "r"(count)); /* CNTV_CVAL */
    set_control(
        CNTV_CTL_ENABLE); /* always written: Xen sets IMASK each time the timer fires (fact I2) */
}

void arch_timer_stop(void)
{
    set_control(0);
}

uint32_t arch_timer_hz(void)
{
    if (frequency_hz == 0) { /* no device tree, or it leaves this to the register (fact B4) */
        __asm__ volatile("mrc p15, 0, %0, c14, c0, 0" : "=r"(frequency_hz)); /* CNTFRQ */
    }
    return frequency_hz;
}

void arch_idle(void)
{
    /* With interrupts masked a pending one still ends the wait: none is missed between check and sleep (fact I3). */
    __asm__ volatile("dsb\n\twfi" : : : "memory");
}

static const struct os_isr os_isr_timer = {.handler = os_timer_expired, .level = CFG_TIMER_LEVEL};

int timer_init(const struct dt *dt)
{
    int node = dt_find_compatible(dt, -1, "arm,armv7-timer");
    int line;
    int err = 0;

    if (node < 0) {
        node = dt_find_compatible(dt, -1, "arm,armv8-timer");
    }
    if (node < 0) {
        return -ENODEV;
    }
    (void)dt_prop_u32(dt, node, "clock-frequency", 0, &frequency_hz);
    line = gic_dt_line(dt, node, DT_VIRTUAL);
    if (line < 0 || arch_timer_hz() == 0) {
        return -EINVAL;
    }
    arch_timer_stop();
    if (CFG_TIMER_COUNTER_COUNT > 0) {
        err = irq_bind((unsigned int)line, &os_isr_timer, IRQ_ISR2);
    }
    return err != 0 ? err : line;
}
