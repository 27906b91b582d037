/* SPDX-License-Identifier: Apache-2.0
 *
 * The address space: the image has its fixed link address, everything else (device registers, Xen's shared pages,
 * the device tree) is mapped into one window and stays there. Nothing is ever unmapped.
 */
#ifndef ARCH_MEM_H
#define ARCH_MEM_H

#include <stddef.h>
#include <stdint.h>

enum mem_kind {
    MEM_SHARED, /* Normal write-back inner-shareable, read-write: what Xen and dom0 share with us (fact M2) */
    MEM_READONLY, /* the same, read-only: the device tree */
    MEM_DEVICE,   /* Device, read-write */
};

/**
 * Map `bytes` from intermediate physical address `ipa` (any alignment); never executable.
 * @return the virtual address of `ipa`; NULL if the window is full or the address is above 4 GiB.
 * Context: task, ISR2, before StartOS. It takes time: the TLB is emptied.
 */
void *mem_map(uint64_t ipa, size_t bytes, enum mem_kind kind);

/** The intermediate physical address of something inside the image (code, data, stacks): for grants, PFNs (fact G3). */
uint64_t mem_ipa(const void *inside_image);

#define PAGE_SIZE 4096u

#endif
