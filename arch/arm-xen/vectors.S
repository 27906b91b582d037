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
    b       .                   @ Hyp mode's only
    b       irq
    b       .                   @ fast interrupt: masked for ever

/* An interrupt of a task (System mode) or of a handler (Supervisor mode). What C may change goes to the interrupt
 * stack; irq_dispatch() says whether the task below has been outranked. */
irq:
    sub     lr, lr, #4
    srsdb   sp!, #MODE_SVC
    cps     #MODE_SVC
    push    {r0-r4, r12, lr}
    mov     r4, sp
    bic     sp, sp, #7          @ a handler may have been stopped at an odd word
    bl      irq_dispatch
    mov     sp, r4
    clrex                       @ what was stopped between ldrex and strex must start again (ARM ARM A3.4.4)
    cmp     r0, #0
    bne     preempt
    pop     {r0-r4, r12, lr}
    rfeia   sp!

/* Move the frame from the interrupt stack to the task's, so that other tasks can run above it and take interrupts;
 * then go back to the task. */
preempt:
    pop     {r0-r4, r12, lr}
    cps     #MODE_SYS
    sub     sp, sp, #8
    push    {r0-r4, r12, lr}
    cps     #MODE_SVC
    pop     {r0, r1}            @ return address and state
    cps     #MODE_SYS
    str     r0, [sp, #28]
    str     r1, [sp, #32]
    mov     r4, sp
    bic     sp, sp, #7          @ as above
    bl      os_preempt
    mov     sp, r4
    clrex
    pop     {r0-r4, r12, lr}
    rfeia   sp!

/* Build a struct exception_frame (exception.h) on the fault stack and let C decide. It returns only if the fault
 * was expected (mmio_probe32), with the place to go on at in the frame. */
    .macro  fault kind
    push    {r0-r12, lr}
    mov     r0, #\kind
    b       fault_common
    .endm

undefined:      fault EXC_UNDEFINED
supervisor:     fault EXC_SUPERVISOR
prefetch_abort: fault EXC_PREFETCH_ABORT
data_abort:     fault EXC_DATA_ABORT

fault_common:
    mrs     r1, spsr
    mrs     r5, cpsr
    and     r4, r1, #MODE_MASK
    cmp     r4, #MODE_SVC       @ an interrupt handler's stack pointer and lr, else a task's
    movne   r4, #MODE_SYS
    bic     r2, r5, #MODE_MASK
    orr     r4, r4, r2
    msr     cpsr_c, r4
    mov     r2, sp
    mov     r3, lr
    msr     cpsr_c, r5
    push    {r0-r3}
    mov     r0, sp
    bl      exception_handle
    pop     {r0-r3}
    msr     spsr_cxsf, r1
    pop     {r0-r12, lr}
    movs    pc, lr

/* bool mmio_probe32(const volatile void *addr, uint32_t *value): exception_handle() knows the load by its label. */
    .global mmio_probe32, probe_load, probe_failed
    .type   mmio_probe32, %function     @ so that Thumb callers change state
mmio_probe32:
    mrs     r3, cpsr            @ what exception_handle() goes on with
probe_load:
    ldr     r2, [r0]
    str     r2, [r1]
    mov     r0, #1
    bx      lr
probe_failed:
    mov     r0, #0
    bx      lr
