/* SPDX-License-Identifier: Apache-2.0
 *
 * Starting and ending tasks, and the system itself, on the process's own stack: setjmp and longjmp
 * are all it takes while tasks share one stack, and AddressSanitizer understands them.
 */
#include <setjmp.h>

#include "kernel/arch.h"
#include "kernel/os.h"

#include "host.h"
#include "machine.h"

static jmp_buf run_end;

void arch_task_enter(void (*entry)(void), void **sp)
{
    jmp_buf here;

    *sp = &here; /* cppcheck-suppress autoVariables: used only while this call has not returned */
    if (setjmp(here) == 0) {
        arch_irq_enable();
        entry();
        arch_irq_disable();
        os_task_returned();
    }
}

void arch_task_leave(void *sp)
{
    longjmp(*(jmp_buf *)sp, 1);
}

int host_run(uint8_t mode)
{
    const int result = setjmp(run_end);

    if (result == 0)
        StartOS(mode);
    return result - 1;
}

void host_end_run(int result)
{
    longjmp(run_end, result + 1);
}

void system_end(uint8_t code)
{
    host_end_run(code);
}
