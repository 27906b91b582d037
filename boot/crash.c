/* SPDX-License-Identifier: Apache-2.0
 *
 * The last words of a guest that went wrong: what, where, and all registers; then the domain ends as a crash.
 */
#include "boot/end.h"
#include "drivers/console/console.h"
#include "exception.h"
#include "kernel/cfg.h"
#include "kernel/state.h"
#include "layout.h"
#include "start.h"

static void print_registers(const struct exception_frame *frame)
{
    for (unsigned int i = 0; i < 13; i++) {
        printk("%sr%-2u %08x%s", i % 4 == 0 ? "  " : " ", i, frame->r[i], i % 4 == 3 ? "\n" : "");
    }
    printk(" sp  %08x lr  %08x pc  %08x\n  cpsr %08x\n", frame->sp, frame->lr, frame->pc,
           frame->cpsr);
}

static const char *running_name(void)
{
    return cfg_task_names[os.running->id];
}

/* Hooks run without floating point, also while a task that has asked for it is the running one. */
static void print_stray_float(const struct exception_report *report)
{
    const bool in_handler = (report->frame->cpsr & MODE_MASK) == MODE_SVC;
    const bool in_task = !in_handler && os.running != NULL && os.running->fpu == NULL;

    printk("CRASH: floating point used by %s%s, which has not asked for it (USEFPU = TRUE)\n",
           in_handler ? "an interrupt handler"
           : in_task  ? "task "
                      : "a hook or main()",
           in_task ? running_name() : "");
}

/* Who ran when it happened. No task does at the start and in the idle hook. GetTaskID() would tell ErrorHook() where it
 * is not allowed, as in an interrupt section: that could end the report. */
static void print_culprit(const struct exception_report *report)
{
    if (os.running != NULL) {
        printk("CRASH: task %s was running\n", running_name());
    }
    if (report->is_stray_float) {
        print_stray_float(report);
    }
}

static void print_report(const struct exception_report *report)
{
    console_begin_line();
    printk("CRASH: %s at %08x", report->kind, report->frame->pc);
    if (report->status != 0) {
        printk(": address %08x, status %03x, %s", report->address, report->status, report->cause);
    }
    printk("\n");
    print_culprit(report);
    if (report->overflow != NULL) {
        printk(report->is_task_stack ? "CRASH: stack overflow: task %s\n"
                                     : "CRASH: stack overflow: %s stack\n",
               report->overflow);
    }
    print_registers(report->frame);
}

_Noreturn void system_crash(const struct exception_report *report)
{
    static unsigned int crashes;

    switch (crashes++) {
    case 0:
        print_report(report);
        system_leave(XEN_END_CRASH);
    case 1: /* in the report */
        system_leave(XEN_END_CRASH);
    case 2: /* in the drain: a console is what fails */
        system_off(XEN_END_CRASH);
    default:
        arch_halt(HALT_CRASH);
    }
}
