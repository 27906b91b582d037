/* SPDX-License-Identifier: Apache-2.0
 *
 * Starting and ending a basic task: a call on the shared stack, and a return from any depth (kernel/arch.h).
 */
    .text
    .arm

/* void arch_task_enter(void (*entry)(void), void **sp). Keeps r4-r11. */
    .global arch_task_enter
    .type   arch_task_enter, %function  @ so that Thumb callers change state
arch_task_enter:
    push    {r3-r11, lr}        @ r3 only keeps the stack 8-byte aligned
    str     sp, [r1]
    cpsie   i
    blx     r0
    cpsid   i
    b       os_task_returned

/* _Noreturn void arch_task_leave(void *sp) */
    .global arch_task_leave
    .type   arch_task_leave, %function
arch_task_leave:
    mov     sp, r0
    pop     {r3-r11, pc}
