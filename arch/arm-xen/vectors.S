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

/* An interrupt. This mode has no stack: its sp is free for the question who was interrupted. A task (System mode)
 * keeps on its own stack what C may change, so that other tasks can run above it and take interrupts; the handler runs
 * on the interrupt stack, which is empty then. */
irq:
    sub     lr, lr, #4
    mrs     sp, spsr
    tst     sp, #MODE_SYS & ~MODE_SVC
    beq     nested
    srsdb   sp!, #MODE_SYS
    cps     #MODE_SYS
    push    {r0-r3, r12, lr}
    cps     #MODE_SVC
    bl      irq_dispatch
    cps     #MODE_SYS
    cmp     r0, #0              @ whether the task has been outranked
    bne     preempt
resume:
    clrex                       @ what was stopped between ldrex and strex must start again (ARM ARM A3.4.4)
    pop     {r0-r3, r12, lr}
    rfeia   sp!

preempt:
    mov     r0, sp
    bic     sp, sp, #7          @ the task may have been stopped at an odd word
    push    {r0, r1}
    bl      os_preempt
    ldr     sp, [sp]
    b       resume

/* A handler was interrupted (Supervisor mode): all of it stays on the interrupt stack, and nothing is outranked. */
nested:
    srsdb   sp!, #MODE_SVC
    cps     #MODE_SVC
    push    {r0-r4, r12, lr}
    mov     r4, sp
    bic     sp, sp, #7          @ as above
    bl      irq_dispatch
    mov     sp, r4
    clrex
    pop     {r0-r4, r12, lr}
    rfeia   sp!

/* Apart from the interrupts, so that a map of the image tells what each of them takes.
 *
 * Build a struct exception_frame (exception.h) on the fault stack and let C decide. It returns only if the fault
 * was expected (mmio_probe32), with the place to go on at in the frame. */
    .section .text.faults, "ax"
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
    .section .text.mmio_probe32, "ax"
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
