/* SPDX-License-Identifier: Apache-2.0
 *
 * Starting, ending and switching tasks, and running the system itself, each on the stack that the
 * configuration gives it. A saved place is a jmp_buf on the stack that it belongs to; longjmp()
 * goes there, and makecontext() is only how a program gets onto an empty stack.
 */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>

#include "kernel/arch.h"
#include "kernel/cfg.h"
#include "kernel/os.h"

#include "fiber.h"
#include "host.h"
#include "machine.h"

/* A body that starts "above" a saved place leaves that place's function this room for its frame. */
#define FRAME_ROOM 4096u

static jmp_buf run_end;
static uint8_t run_mode;
static void (*to_start)(void);

/* The stack that an address lies on; NULL: the process's own. */
static const struct stack_cfg *stack_of(const void *address)
{
    const uint8_t *const byte = address;
    unsigned int i;

    for (i = 0; i != CFG_STACK_COUNT; i++) {
        if (byte >= cfg_stacks[i].low && byte <= cfg_stacks[i].top)
            return &cfg_stacks[i];
    }
    return NULL;
}

static void leave_for(const void *address)
{
    const struct stack_cfg *const stack = stack_of(address);

    if (stack == NULL)
        fiber_leave_for_process();
    else
        fiber_leave_for(stack->low, (size_t)(stack->top - stack->low));
}

static _Noreturn void go_to(jmp_buf *place)
{
    leave_for(place);
    longjmp(*place, 1);
}

/* The rest of the stack below `top` is `body`'s, which never returns. Nor does this: so it has
 * nothing on the stack that AddressSanitizer would wait to see the end of. */
static _Noreturn void start_below(void *top, void (*body)(void))
{
    static ucontext_t context;
    const struct stack_cfg *const stack = stack_of(top);

    getcontext(&context);
    context.uc_stack.ss_sp = stack->low;
    context.uc_stack.ss_size = (size_t)((uint8_t *)top - stack->low) - FRAME_ROOM;
    context.uc_link = NULL;
    makecontext(&context, body, 0);
    leave_for(stack->low);
    setcontext(&context);
    abort();
}

static _Noreturn void run_body(void (*entry)(void))
{
    arch_irq_enable();
    entry();
    arch_irq_disable();
    os_task_returned();
}

static void run_body_there(void)
{
    fiber_arrived();
    run_body(to_start);
}

void arch_task_enter(void (*entry)(void), void **sp, void *top)
{
    jmp_buf here;

    *sp = &here; /* cppcheck-suppress autoVariables: used only while this call has not returned */
    if (setjmp(here) == 0) {
        if (top == NULL)
            run_body(entry);
        to_start = entry;
        start_below(top, run_body_there);
    }
    fiber_arrived();
}

void arch_task_leave(void *sp)
{
    go_to(sp);
}

void arch_task_switch(void **own, void *sp)
{
    jmp_buf here;

    *own = &here; /* cppcheck-suppress autoVariables: used only while this call has not returned */
    if (setjmp(here) == 0)
        go_to(sp);
    fiber_arrived();
}

static jmp_buf *call_end;

static void run_call(void)
{
    jmp_buf *const end = call_end;

    fiber_arrived();
    to_start();
    go_to(end);
}

void host_on_interrupt_stack(void (*function)(void))
{
    jmp_buf here;

    if (stack_of(__builtin_frame_address(0)) == &cfg_stacks[STACK_INTERRUPT]) {
        function();
        return;
    }
    if (setjmp(here) == 0) {
        to_start = function;
        call_end = &here;
        start_below(cfg_stacks[STACK_INTERRUPT].top, run_call);
    }
    fiber_arrived();
}

static void fill_stacks(void)
{
    unsigned int i;

    for (i = 0; i != CFG_STACK_COUNT; i++) {
        fiber_forget(cfg_stacks[i].low, (size_t)(cfg_stacks[i].top - cfg_stacks[i].low));
        memset(cfg_stacks[i].low, ARCH_STACK_FILL, (size_t)(cfg_stacks[i].top - cfg_stacks[i].low));
    }
}

/* There is no guard below the stacks: their last byte tells, at the end. */
static void check_stacks(void)
{
    unsigned int i;

    for (i = 0; i != CFG_STACK_COUNT; i++) {
        if (*cfg_stacks[i].low != ARCH_STACK_FILL) {
            fprintf(stderr, "stack overflow: %s\n", cfg_stacks[i].name);
            abort();
        }
    }
}

static void run_os(void)
{
    fiber_arrived();
    StartOS(run_mode);
}

int host_run(uint8_t mode)
{
    const int result = setjmp(run_end);

    if (result == 0) {
        fill_stacks();
        run_mode = mode;
        start_below(cfg_stacks[STACK_SHARED].top, run_os);
    }
    fiber_arrived();
    check_stacks();
    return result - 1;
}

void host_end_run(int result)
{
    leave_for(NULL);
    longjmp(run_end, result + 1);
}

void system_end(uint8_t code)
{
    host_end_run(code);
}
