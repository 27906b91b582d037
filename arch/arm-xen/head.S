/* SPDX-License-Identifier: Apache-2.0
 *
 * The zImage's first words. Any loader may put the image anywhere (facts B1-B3); this code learns where it is, has
 * early_map() lay the page tables out in C, turns MMU and caches on, and goes on at the link address.
 * Entry (fact B4): SVC mode, interrupts masked, MMU and caches off, r2 = device tree.
 */
#include "layout.h"

    .section .head, "ax"
    .arm
    .global image_start
image_start:
    .rept   8
    nop
    .endr
    b       start
    .word   0x016f2818          @ zImage magic
    .word   0                   @ start: 0 = position independent; anything else is taken as the entry (B1)
    .word   image_file_bytes    @ end: what the file holds, no more (B2)

start:
    mrs     r1, cpsr
    and     r1, r1, #MODE_MASK
    cmp     r1, #MODE_HYP       @ Xen's place, not a guest's
    ldr     r0, =HALT_HYP_MODE
    beq     arch_halt
    cpsid   if, #MODE_SYS
    adr     r4, image_start     @ r4 = where we are
    ldr     r5, =image_start    @ r5 = where we are linked to be
    sub     r6, r4, r5          @ r6 = intermediate physical address - virtual address
    lsls    r0, r4, #17         @ the first-level table needs 16 KiB; loaders give 32 KiB or more
    ldr     r0, =HALT_ALIGNMENT
    bne     arch_halt

    /* The device tree must be one, and lie outside what is cleared or written below: image_start .. image_limit. */
    ldr     r0, =HALT_NO_DEVICE_TREE
    tst     r2, #3
    bne     arch_halt
    ldr     r1, [r2]
    ldr     r3, =0xedfe0dd0     @ its magic, read little-endian
    cmp     r1, r3
    bne     arch_halt
    ldr     r1, [r2, #4]
    rev     r1, r1
    add     r1, r1, r2          @ r1 = its end
    ldr     r7, =image_limit
    add     r7, r7, r6          @ r7 = our end
    ldr     r0, =HALT_DEVICE_TREE_INSIDE
    cmp     r2, r7
    cmplo   r4, r1
    blo     arch_halt

    /* Nothing older may be written back over what is stored uncached below, nor be read instead of it later. */
    bl      forget_cached
    ldr     sp, =fault_stack_top        @ until the others are ready
    add     sp, sp, r6
    mov     r8, r2              @ r8 = device tree
    mov     r0, r6
    bl      early_map           @ r0 = first-level table (physical) or 0
    movs    r9, r0
    ldr     r0, =HALT_OVERLAP
    beq     arch_halt
    bl      forget_cached

    ldr     r0, =MMU_PRRR
    mcr     p15, 0, r0, c10, c2, 0
    ldr     r0, =MMU_NMRR
    mcr     p15, 0, r0, c10, c2, 1
    mov     r0, #1
    mcr     p15, 0, r0, c3, c0, 0       @ DACR: domain 0 obeys the tables
    mov     r0, #0
    mcr     p15, 0, r0, c2, c0, 2       @ TTBCR: TTBR0 serves all addresses
    mcr     p15, 0, r0, c8, c7, 0       @ TLBIALL
    mcr     p15, 0, r0, c7, c5, 0       @ ICIALLU
    orr     r9, r9, #MMU_TTBR_FLAGS
    mcr     p15, 0, r9, c2, c0, 0       @ TTBR0
    dsb
    isb
    mrc     p15, 0, r0, c1, c0, 0
    ldr     r1, =SCTLR_CLEAR
    bic     r0, r0, r1
    ldr     r1, =SCTLR_SET
    orr     r0, r0, r1
    mcr     p15, 0, r0, c1, c0, 0       @ SCTLR: on
    isb
    ldr     pc, =linked

linked: @ from here at the link address
    ldr     r0, =vectors
    mcr     p15, 0, r0, c12, c0, 0      @ VBAR
    cps     #MODE_ABT
    ldr     sp, =fault_stack_top
    cps     #MODE_UND
    ldr     sp, =fault_stack_top
    cps     #MODE_SYS
    ldr     sp, =fault_stack_top
    mov     r0, r6
    bl      arch_start
    ldr     r1, =cfg_stacks
    cps     #MODE_SVC
    ldr     sp, [r1, #CFG_STACKS_INTERRUPT_TOP]
    cps     #MODE_SYS
    ldr     sp, [r1, #CFG_STACKS_SHARED_TOP]
    mov     r0, r8
    bl      boot_main

/* _Noreturn void arch_halt(uint32_t word). Nothing can be printed: r0 holds the word that docs/TROUBLESHOOTING.md
 * explains. */
    .global arch_halt
    .type   arch_halt, %function    @ so that Thumb callers change state
arch_halt:
    wfi
    b       arch_halt

/* Invalidate by address (fact B6: never by set and way) from the end of the file to the end of RAM we use.
 * Needs r6; changes r0, r1. */
forget_cached:
    dmb                         @ with the MMU off, stores and cache maintenance have no order of their own
    ldr     r0, =image_file_end
    ldr     r1, =image_limit
    add     r0, r0, r6
    add     r1, r1, r6
    bic     r0, r0, #63         @ the file's last line is clean: the loader flushed it
1:  mcr     p15, 0, r0, c7, c6, 1       @ DCIMVAC; under Xen it cleans too
    add     r0, r0, #32         @ no ARMv7-A core with virtualization has shorter lines
    cmp     r0, r1
    blo     1b
    dsb
    bx      lr
