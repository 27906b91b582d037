/* SPDX-License-Identifier: Apache-2.0
 *
 * Numbers that assembly and C share: CPU modes, what the MMU is set to, the words of a silent halt.
 */
#ifndef LAYOUT_H
#define LAYOUT_H

#define MODE_MASK 0x1f
#define MODE_SVC  0x13
#define MODE_ABT  0x17
#define MODE_HYP  0x1a
#define MODE_UND  0x1b
#define MODE_SYS  0x1f

/* Memory types by TEX remap (ARM ARM B3.8.3), so that "shareable" means inner-shareable on every core (fact M2):
 * index 0 strongly-ordered, 1 Device, 7 Normal write-back write-allocate. */
#define MMU_PRRR       0x800b8004 /* TR1 Device, TR7 Normal, DS0 DS1 NS1 shareable, NOS7 inner */
#define MMU_NMRR       0x40004000 /* index 7: inner and outer write-back write-allocate */
#define MMU_TTBR_FLAGS 0x6a       /* table walks: the same memory type, inner-shareable */

#define SCTLR_SET 0x10081805 /* TRE, WXN, I, Z, C, M */
#define SCTLR_CLEAR                                                                                \
    0x62002002 /* TE, AFE, EE, V, A: ARM code, simple permissions, little-endian, VBAR, unaligned */

/* r0 of a guest that halts because it cannot print. */
#define HALT_ALIGNMENT          0xdead0001 /* the image does not start on a multiple of 32 KiB */
#define HALT_NO_DEVICE_TREE     0xdead0002 /* r2 does not point to one */
#define HALT_DEVICE_TREE_INSIDE 0xdead0003 /* it lies where the image's own memory is */
#define HALT_OVERLAP            0xdead0004 /* within the link address' 2 MiB, but not at it */
#define HALT_DEVICE_TREE_BAD    0xdead0005 /* it is damaged, or larger than 2 MiB */
#define HALT_HYP_MODE           0xdead0006 /* entered in Hyp mode: there is no Xen below */
#define HALT_CRASH              0xdead0007 /* each step of a crash's report failed in turn */

/* Where the CPU's two stack pointers are to be found in cfg_stacks[] (kernel/cfg.h). */
#define CFG_STACKS_SHARED_TOP    4
#define CFG_STACKS_INTERRUPT_TOP 16

/* Exception kinds, in the order of the vectors. */
#define EXC_UNDEFINED      1
#define EXC_SUPERVISOR     2
#define EXC_PREFETCH_ABORT 3
#define EXC_DATA_ABORT     4

#endif
