/* SPDX-License-Identifier: Apache-2.0
 *
 * The exception vectors: interrupts, and everything that should not happen.
 */
#include "layout.h"

    .section .text.vectors, "ax"
    .arm
    .align  5
    .global vectors
vectors:
    b       .                   @ reset: never taken
    b       undefined
    b       supervisor
    b       prefetch_abort
    b       data_abort
    b       hyp
    b       irq
    b       fiq

/* An interrupt of a task (System mode) or of a handler (Supervisor mode). What C may change goes to the interrupt
 * stack; irq_dispatch() says whether the task below has been outranked. */
irq:
    sub     lr, lr, #4
    srsdb   sp!, #MODE_SVC
    cps     #MODE_SVC
    push    {r0-r3, r12, lr}
    bl      irq_dispatch
    cmp     r0, #0
    bne     preempt
    pop     {r0-r3, r12, lr}
    rfeia   sp!

/* Move the frame from the interrupt stack to the task's, so that other tasks can run above it and take interrupts;
 * then go back to the task. */
preempt:
    pop     {r0-r3, r12, lr}
    cps     #MODE_SYS
    sub     sp, sp, #8
    push    {r0-r3, r12, lr}
    cps     #MODE_SVC
    pop     {r0, r1}            @ return address and state
    cps     #MODE_SYS
    str     r0, [sp, #24]
    str     r1, [sp, #28]
    and     r1, sp, #4          @ the task may have been stopped at an odd word
    sub     sp, sp, r1
    push    {r1, r2}
    bl      os_preempt
    pop     {r1, r2}
    add     sp, sp, r1
    pop     {r0-r3, r12, lr}
    rfeia   sp!

/* Build a struct exception_frame (exception.h) on the fault stack and let C decide. It returns only if the fault
 * was expected (mmio_probe32). `back` leads from lr to the instruction itself. */
    .macro  fault kind, back
    sub     lr, lr, #\back
    push    {r0-r12, lr}
    mov     r0, #\kind
    b       fault_common
    .endm

undefined:      fault EXC_UNDEFINED, 4
supervisor:     fault EXC_SUPERVISOR, 4
prefetch_abort: fault EXC_PREFETCH_ABORT, 4
data_abort:     fault EXC_DATA_ABORT, 8
hyp:            fault EXC_HYP, 4
fiq:            fault EXC_FIQ, 4

fault_common:
    mrs     r1, spsr
    mrs     r4, cpsr
    bfi     r4, r1, #0, #5      @ look at the stack pointer and lr of the mode that faulted
    mrs     r5, cpsr
    msr     cpsr_c, r4
    mov     r2, sp
    mov     r3, lr
    msr     cpsr_c, r5
    push    {r0-r3}
    mov     r0, sp
    bl      exception_handle
    add     sp, sp, #16
    pop     {r0-r12, lr}
    movs    pc, lr

/* bool mmio_probe32(const volatile void *addr, uint32_t *value): exception_handle() knows the load by its label. */
    .global mmio_probe32, probe_load, probe_failed
mmio_probe32:
probe_load:
    ldr     r2, [r0]
    str     r2, [r1]
    mov     r0, #1
    bx      lr
probe_failed:
    mov     r0, #0
    bx      lr
