/* SPDX-License-Identifier: Apache-2.0
 *
 * The simulated CPU, interrupt controller and timer behind host.h and the porting contract.
 * Interrupts are taken as a real machine takes them: highest level first, a higher level interrupts
 * the handler of a lower one, the same or a lower one waits.
 */
#include <stdio.h>
#include <stdlib.h>

#include "kernel/arch.h"
#include "kernel/cfg.h"
#include "kernel/isr2.h"

#include "host.h"
#include "machine.h"

#define SOURCES 32u

#ifndef CFG_TIMER_LEVEL
#define CFG_TIMER_LEVEL 2u
#endif

static struct {
    uint64_t count;
    uint64_t armed; /* UINT64_MAX = stopped */
    uint64_t limit;
    uint32_t hz;
    uint32_t pending;   /* bit i: cfg_isrs[i] */
    unsigned int level; /* of the handler that runs, 0 = none */
    unsigned int timer_interrupts;
    bool masked;
} cpu = {.armed = UINT64_MAX, .limit = UINT64_MAX, .hz = 1000000, .masked = true};

void host_reset(uint32_t hz, uint64_t count)
{
    cpu.count = count;
    cpu.armed = UINT64_MAX;
    cpu.limit = UINT64_MAX;
    cpu.hz = hz;
    cpu.pending = 0;
    cpu.level = 0;
    cpu.timer_interrupts = 0;
    cpu.masked = true;
}

void host_set_limit(uint64_t count)
{
    cpu.limit = count;
}

bool host_is_masked(void)
{
    return cpu.masked;
}

uint64_t host_count(void)
{
    return cpu.count;
}

uint64_t host_timer_armed(void)
{
    return cpu.armed;
}

unsigned int host_timer_interrupts(void)
{
    return cpu.timer_interrupts;
}

static bool timer_is_due(void)
{
    return cpu.count >= cpu.armed;
}

/* A category 2 interrupt, step by step as kernel/arch.h says. */
static void take_isr2(void (*handler)(void), unsigned int level, bool masked)
{
    const unsigned int outer = cpu.level;

    cpu.masked = true;
    cpu.level = level;
    os_isr2_enter();
    if (!masked)
        arch_irq_enable();
    handler();
    cpu.masked = true;
    cpu.level = outer;
    if (os_isr2_exit())
        os_preempt();
    cpu.masked = false;
}

static void take_isr1(void (*handler)(void), unsigned int level)
{
    const unsigned int outer = cpu.level;

    cpu.masked = true;
    cpu.level = level;
    handler();
    cpu.level = outer;
    cpu.masked = false;
}

static void take(unsigned int index)
{
    const struct isr_cfg *isr = &cfg_isrs[index];

    cpu.pending &= ~(1u << index);
    if (isr->category == 1)
        take_isr1(isr->handler, isr->level);
    else
        take_isr2(isr->handler, isr->level, false);
}

/* The pending source of the highest level above `level`, the first of equals; SOURCES = none. */
static unsigned int next_source(unsigned int level)
{
    unsigned int found = SOURCES;
    unsigned int i;

    for (i = 0; i != CFG_ISR_COUNT; i++) {
        if ((cpu.pending >> i & 1u) != 0 && cfg_isrs[i].level > level) {
            level = cfg_isrs[i].level;
            found = i;
        }
    }
    return found;
}

/* Take what is pending and allowed. */
static void deliver(void)
{
    unsigned int source;

    while (!cpu.masked) {
        source = next_source(cpu.level);
        if (timer_is_due() && cpu.level < CFG_TIMER_LEVEL &&
            (source == SOURCES || cfg_isrs[source].level <= CFG_TIMER_LEVEL)) {
            cpu.timer_interrupts++;
            take_isr2(os_timer_expired, CFG_TIMER_LEVEL, true);
        } else if (source != SOURCES) {
            take(source);
        } else {
            return;
        }
    }
}

void arch_irq_disable(void)
{
    cpu.masked = true;
}

void arch_irq_enable(void)
{
    cpu.masked = false;
    deliver();
}

arch_irq_t arch_irq_save(void)
{
    const bool was = cpu.masked;

    cpu.masked = true;
    return was;
}

void arch_irq_restore(arch_irq_t was)
{
    if (!was)
        arch_irq_enable();
}

arch_irq_t arch_os_irq_save(void)
{
    return arch_irq_save();
}

void arch_os_irq_restore(arch_irq_t was)
{
    arch_irq_restore(was);
}

uint64_t arch_timer_count(void)
{
    return cpu.count;
}

uint32_t arch_timer_hz(void)
{
    return cpu.hz;
}

void arch_timer_arm(uint64_t count)
{
    cpu.armed = count;
}

void arch_timer_stop(void)
{
    cpu.armed = UINT64_MAX;
}

void host_advance(uint64_t counts)
{
    const uint64_t end = cpu.count + counts;

    while (!cpu.masked && cpu.level < CFG_TIMER_LEVEL && cpu.armed <= end) {
        if (cpu.armed > cpu.count)
            cpu.count = cpu.armed;
        deliver();
    }
    if (cpu.count < end)
        cpu.count = end;
}

void host_pause(uint64_t counts)
{
    cpu.count += counts;
    deliver();
}

void host_raise(unsigned int index)
{
    if (!cfg_has(index, CFG_ISR_COUNT) || index >= SOURCES) {
        fprintf(stderr, "host_raise(%u): there are %u interrupt sources\n", index, CFG_ISR_COUNT);
        abort();
    }
    cpu.pending |= 1u << index;
    deliver();
}

void arch_idle(void)
{
    if (cpu.pending != 0 || timer_is_due())
        return;
    if (cpu.armed == UINT64_MAX)
        host_end_run(HOST_IDLE_FOREVER);
    if (cpu.armed > cpu.limit)
        host_end_run(HOST_TIME_UP);
    cpu.count = cpu.armed;
}
