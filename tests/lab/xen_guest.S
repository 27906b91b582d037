/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The least guest that can tell the two ways of falling silent apart: it prints one line on the
 * vPL011 and then powers itself off by PSCI (END = 1) or waits for ever in WFI (END = 0).
 */
    .syntax unified
    .arch armv7ve
    .global _start
_start:
    .rept 8
    nop
    .endr
    b     go
    .word 0x016f2818            /* zImage magic at 0x24 */
    .word 0                     /* start: wherever it is put */
    .word end - _start
go:
    ldr   r1, =0x22000000       /* vPL011's data register, Xen's public arch-arm.h */
    adr   r2, text
1:  ldrb  r3, [r2], #1
    cmp   r3, #0
    strne r3, [r1]
    bne   1b
    .if   END
    ldr   r0, =0x84000008       /* PSCI SYSTEM_OFF */
    hvc   #0
    .endif
2:  wfi
    b     2b
text:
    .asciz "I am done\n"
    .align 2
    .ltorg
end:
