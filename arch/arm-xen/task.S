/* SPDX-License-Identifier: Apache-2.0
 *
 * Starting and ending a task's body: a call on the stack that it shall have, and a return from any depth; and from
 * one stack to another (kernel/arch.h). All three leave the same on a stack: r3-r11 and where to go on.
 */
    .text
    .arm

/* void arch_task_enter(void (*entry)(void), void **sp, void *top). Keeps r4-r11. */
    .global arch_task_enter
    .type   arch_task_enter, %function  @ so that Thumb callers change state
arch_task_enter:
    push    {r3-r11, lr}        @ r3 only keeps the stack 8-byte aligned
    str     sp, [r1]
    cmp     r2, #0
    movne   sp, r2
    cpsie   i
    blx     r0
    cpsid   i
    bl      os_task_returned    @ which is for ever; a bl reaches Thumb code, too

/* _Noreturn void arch_task_leave(void *sp) */
    .global arch_task_leave
    .type   arch_task_leave, %function
arch_task_leave:
    mov     sp, r0
    pop     {r3-r11, pc}

/* void arch_task_switch(void **own, void *sp). Keeps r4-r11. Not linked if no task waits. */
    .section .text.arch_task_switch, "ax"
    .global arch_task_switch
    .type   arch_task_switch, %function
arch_task_switch:
    push    {r3-r11, lr}
    str     sp, [r0]
    mov     sp, r1
    pop     {r3-r11, pc}
