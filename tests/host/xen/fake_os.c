/* SPDX-License-Identifier: Apache-2.0
 *
 * The few services of the OS that the Xen layer calls, as a test can watch them: see fake_os.h.
 */
#include "tests/host/xen/fake_os.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <arch/barrier.h>

#include "drivers/console/console.h"
#include "drivers/xen/xenstore.h"
#include "kernel/arch.h"
#include "tests/host/xen/fake_xen.h"

struct fake_os fake_os;

void fake_os_reset(void)
{
    memset(&fake_os, 0, sizeof(fake_os));
    fake_os.now = 1000;
    fake_os.timer_armed = UINT64_MAX;
}

static void check(bool ok, const char *what)
{
    if (!ok) {
        fprintf(stderr, "# fake OS: %s\n", what);
        abort();
    }
}

void fake_barrier(void)
{
    if (fake_os.at_barrier != NULL)
        fake_os.at_barrier();
}

void SuspendAllInterrupts(void)
{
    fake_os.suspended++;
}

void ResumeAllInterrupts(void)
{
    check(fake_os.suspended > 0, "Resume without Suspend");
    if (--fake_os.suspended == 0)
        fake_xen_interrupts();
}

StatusType ActivateTask(TaskType task)
{
    check(fake_os.suspended == 0, "ActivateTask with interrupts suspended");
    check(fake_os.started, "ActivateTask before StartOS");
    check(task == TASK_STORM || task == TASK_STORE, "ActivateTask of another task");
    if (task == TASK_STORE) {
        fake_os.store_tasks++;
        return E_OK;
    }
    fake_os.activations++;
    return fake_os.activate_rc;
}

StatusType SetEvent(TaskType task, EventMaskType mask)
{
    check(fake_os.suspended == 0, "SetEvent with interrupts suspended");
    check(task == TASK_STORE && mask != 0, "SetEvent's parameters");
    fake_os.events |= mask;
    return E_OK;
}

StatusType ClearEvent(EventMaskType mask)
{
    fake_os.events &= ~mask;
    return E_OK;
}

/* Meanwhile others run: time passes, and `idle` is called. */
StatusType WaitEvent(EventMaskType mask)
{
    check(fake_os.started && fake_os.suspended == 0 && !fake_xen.in_irq, "WaitEvent not in a task");
    if (fake_os.wait_rc != E_OK)
        return fake_os.wait_rc;
    fake_os.waits += (fake_os.events & mask) == 0;
    for (unsigned int ms = 0; (fake_os.events & mask) == 0; ms++) {
        check(ms < 100000, "waits for ever");
        fake_os_advance_ms(1);
        if (fake_os.idle != NULL)
            fake_os.idle();
    }
    return E_OK;
}

StatusType SetRelAlarm(AlarmType alarm, TickType increment, TickType cycle)
{
    check(fake_os.suspended == 0, "SetRelAlarm with interrupts suspended");
    check(fake_os.started, "SetRelAlarm before StartOS");
    check(alarm == ALARM_XS && increment > 0 && cycle == 0, "SetRelAlarm's parameters");
    check(!fake_os.alarm_set, "SetRelAlarm of an armed alarm");
    fake_os.alarm_set = true;
    fake_os.alarm_due = fake_os.now + increment * (FAKE_HZ / 1000);
    return E_OK;
}

_Noreturn void ShutdownOS(StatusType code)
{
    check(fake_os.suspended == 0, "ShutdownOS with interrupts suspended");
    check(fake_os.on_shutdown != NULL, "ShutdownOS was not expected");
    fake_os.shutdown_code = code;
    longjmp(*fake_os.on_shutdown, 1);
}

void fake_os_advance_ms(unsigned int ms)
{
    for (unsigned int i = 0; i < ms; i++) {
        fake_os.now += FAKE_HZ / 1000;
        if (fake_os.alarm_set && fake_os.now >= fake_os.alarm_due) {
            fake_os.alarm_set = false;
            xs_tick();
        }
    }
}

uint64_t arch_timer_count(void)
{
    return fake_os.now;
}

uint32_t arch_timer_hz(void)
{
    return FAKE_HZ;
}

void arch_timer_arm(uint64_t count)
{
    fake_os.timer_armed = count;
}

void arch_timer_stop(void)
{
    fake_os.timer_armed = UINT64_MAX;
}

void arch_idle(void)
{
    check(!fake_os.started, "arch_idle by a driver after StartOS");
    fake_os.idles++;
    if (fake_os.idle != NULL) {
        fake_os.now += FAKE_HZ / 1000;
        fake_os.idle();
        return;
    }
    check(fake_os.timer_armed != UINT64_MAX, "sleeps for ever");
    if (fake_os.now < fake_os.timer_armed)
        fake_os.now = fake_os.timer_armed;
}

void printk(const char *fmt, ...)
{
    size_t room = sizeof(fake_os.text) - fake_os.text_len;
    va_list args;
    int len;

    va_start(args, fmt);
    len = vsnprintf(fake_os.text + fake_os.text_len, room, fmt, args);
    va_end(args);
    if (len > 0)
        fake_os.text_len += (unsigned int)len < room ? (unsigned int)len : (unsigned int)room - 1;
}

unsigned int fake_os_printed(const char *text)
{
    unsigned int count = 0;

    for (const char *at = fake_os.text; (at = strstr(at, text)) != NULL; at++)
        count++;
    return count;
}
