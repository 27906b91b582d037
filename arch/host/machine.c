/* SPDX-License-Identifier: Apache-2.0
 *
 * The simulated CPU, interrupt controller, timer and floating-point registers behind host.h and the
 * porting contract.
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
    uint32_t pending;    /* bit i: cfg_isrs[i] */
    unsigned int level;  /* of the handler that runs, 0 = none */
    unsigned int raised; /* by arch_level_raise(), 0 = none */
    unsigned int timer_interrupts;
    bool masked;
    bool fpu_is_on;
    struct arch_fpu fpu;
} cpu = {.armed = UINT64_MAX, .limit = UINT64_MAX, .hz = 1000000, .masked = true};

static const struct os_isr timer_isr = {.handler = os_timer_expired, .level = CFG_TIMER_LEVEL};

void host_reset(uint32_t hz, uint64_t count)
{
    cpu.count = count;
    cpu.armed = UINT64_MAX;
    cpu.limit = UINT64_MAX;
    cpu.hz = hz;
    cpu.pending = 0;
    cpu.level = 0;
    cpu.raised = 0;
    cpu.timer_interrupts = 0;
    cpu.masked = true;
    cpu.fpu_is_on = false;
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

/* Up to which level interrupts wait. */
static unsigned int waiting_level(void)
{
    return cpu.level > cpu.raised ? cpu.level : cpu.raised;
}

static bool timer_is_due(void)
{
    return cpu.count >= cpu.armed;
}

/* A category 2 interrupt, step by step as kernel/arch.h says. */
static void take_isr2(const struct os_isr *isr)
{
    const unsigned int level = cpu.level;
    struct isr2_outer outer;

    cpu.masked = true;
    cpu.level = isr->level;
    outer = os_isr2_enter(isr);
    arch_irq_enable();
    host_on_interrupt_stack(isr->handler);
    cpu.masked = true;
    cpu.level = level;
    if (os_isr2_exit(isr, outer))
        os_preempt();
    cpu.masked = false;
}

static void take_isr1(const struct os_isr *isr)
{
    const unsigned int level = cpu.level;

    cpu.masked = true;
    cpu.level = isr->level;
    host_on_interrupt_stack(isr->handler);
    cpu.level = level;
    cpu.masked = false;
}

static void take(unsigned int index)
{
    const struct isr_cfg *cfg = &cfg_isrs[index];

    cpu.pending &= ~(1u << index);
    if (cfg->category == 1)
        take_isr1(&cfg->isr);
    else
        take_isr2(&cfg->isr);
}

/* The pending source of the highest level above `level`, the first of equals; SOURCES = none. */
static unsigned int next_source(unsigned int level)
{
    unsigned int found = SOURCES;
    unsigned int i;

    for (i = 0; i != CFG_ISR_COUNT; i++) {
        if ((cpu.pending >> i & 1u) != 0 && cfg_isrs[i].isr.level > level) {
            level = cfg_isrs[i].isr.level;
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
        source = next_source(waiting_level());
        if (timer_is_due() && waiting_level() < CFG_TIMER_LEVEL &&
            (source == SOURCES || cfg_isrs[source].isr.level <= CFG_TIMER_LEVEL)) {
            cpu.timer_interrupts++;
            take_isr2(&timer_isr);
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

unsigned int arch_level_raise(unsigned int level)
{
    const unsigned int before = cpu.raised;

    if (level > before)
        cpu.raised = level;
    return before;
}

void arch_level_restore(unsigned int was)
{
    cpu.raised = was;
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

    while (!cpu.masked && waiting_level() < CFG_TIMER_LEVEL && cpu.armed <= end) {
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

/* ---- floating point ---- */

void arch_fpu_enable(bool on)
{
    cpu.fpu_is_on = on;
}

void arch_fpu_reset(void)
{
    cpu.fpu.status = 0;
}

void arch_fpu_save(struct arch_fpu *fpu)
{
    *fpu = cpu.fpu;
}

void arch_fpu_restore(const struct arch_fpu *fpu)
{
    cpu.fpu = *fpu;
}

bool host_fpu_is_on(void)
{
    return cpu.fpu_is_on;
}

struct arch_fpu *host_fpu(void)
{
    if (!cpu.fpu_is_on)
        host_end_run(HOST_FPU_IS_OFF);
    return &cpu.fpu;
}
